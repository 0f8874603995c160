// One line on its way through the stages of a query: its text, and its labels kept apart by where they come from.
import type { Labels } from '@loghunter/engine/records';

import type { StoredEntry } from '../streams/log-stream.ts';

/** What Loki writes into `__error__`. */
export type LineError =
  'JSONParserErr' | 'LogfmtParserErr' | 'LabelFilterErr' | 'SampleExtractionErr' | 'TemplateFormatErr';

/** A line between two stages. */
export interface LineState {
  readonly stream: Labels;
  readonly timestampNs: bigint;
  line: string;
  metadata: Labels;
  readonly parsed: Map<string, string>;
  /** Names that a stage has set, even when they are gone again: a later parser does not set them once more. */
  readonly extracted: Set<string>;
  /** Names that a stage took away. */
  readonly deleted: Set<string>;
  error: LineError | null;
  errorDetails: string;
}

/** Works on a line; false drops it. */
export type Stage = (state: LineState) => boolean;

/** The line as it is stored. */
export function startLine(stream: Labels, { timestampNs, line, metadata }: StoredEntry): LineState {
  return {
    stream,
    timestampNs,
    line,
    metadata,
    parsed: new Map(),
    extracted: new Set(),
    deleted: new Set(),
    error: null,
    errorDetails: '',
  };
}

/** The value of a label, whatever its origin; undefined when the line has none of that name. */
export function labelOf(state: LineState, name: string): string | undefined {
  const parsed = state.parsed.get(name);
  if (parsed !== undefined) {
    return parsed;
  }
  if (Object.hasOwn(state.metadata, name)) {
    return state.metadata[name];
  }
  return !state.deleted.has(name) && Object.hasOwn(state.stream, name) ? state.stream[name] || undefined : undefined;
}

/** Whether the stream or its metadata has a label of the name, so that a parser must use another. */
export function isTaken({ stream, metadata }: LineState, name: string): boolean {
  return Object.hasOwn(stream, name) || Object.hasOwn(metadata, name);
}

/** Sets a label as a parser does: it hides what the stream or the metadata had under the name. */
export function setParsed(state: LineState, name: string, value: string): void {
  removeMetadata(state, name);
  state.parsed.set(name, value);
  state.extracted.add(name);
}

/** Takes a label away, whatever its origin. */
export function deleteLabel(state: LineState, name: string): void {
  removeMetadata(state, name);
  state.parsed.delete(name);
  state.deleted.add(name);
}

function removeMetadata(state: LineState, name: string): void {
  if (Object.hasOwn(state.metadata, name)) {
    state.metadata = Object.fromEntries(Object.entries(state.metadata).filter(([other]) => other !== name));
  }
}

/** Notes a failure; the line goes on. */
export function failLine(state: LineState, error: LineError, details: string): void {
  state.error = error;
  state.errorDetails = details;
}

/** The stream's own labels that are left. */
export function streamLabelsOf({ stream, metadata, parsed, deleted }: LineState): Labels {
  if (deleted.size === 0 && parsed.size === 0) {
    return stream;
  }
  return Object.fromEntries(
    Object.entries(stream).filter(([name]) => !deleted.has(name) && !parsed.has(name) && !Object.hasOwn(metadata, name))
  );
}

const nothingParsed: Labels = Object.freeze({});

/** Labels that stages set, the error among them. */
export function parsedLabelsOf(state: LineState): Labels {
  const { parsed, error, errorDetails } = state;
  const isUntouched = parsed.size === 0 && error === null;
  if (isUntouched && (errorDetails === '' || (state.deleted.size === 0 && Object.keys(state.metadata).length === 0))) {
    return nothingParsed;
  }
  const labels = Object.fromEntries(parsed);
  if (error !== null) {
    labels.__error__ = error;
  }
  if (errorDetails !== '') {
    labels.__error_details__ = errorDetails;
  }
  return labels;
}

/** All labels together. */
export function allLabelsOf(state: LineState): Labels {
  const parsed = parsedLabelsOf(state);
  return parsed === nothingParsed && Object.keys(state.metadata).length === 0
    ? streamLabelsOf(state)
    : { ...streamLabelsOf(state), ...state.metadata, ...parsed };
}
