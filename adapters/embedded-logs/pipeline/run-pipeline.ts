// The stages of a log query, compiled once and then asked for each entry.
import { compileLineFilter, compileMatcher, LogqlInputError } from '@loghunter/engine/logql';
import type { LabelCondition, PipelineStage } from '@loghunter/engine/logql';
import type { Labels } from '@loghunter/engine/records';

import { embeddedFailure, notSupportedHere } from '../embedded-failure.ts';
import { readJsonLine } from './json-labels.ts';
import { logfmtPairs } from './logfmt-labels.ts';
import type { StoredEntry } from '../streams/log-stream.ts';

/** Labels that parsers found in the line; null when a filter dropped the entry. */
export type Pipeline = (labels: Labels, entry: StoredEntry) => Labels | null;

interface EntryView {
  readonly labels: Labels;
  readonly entry: StoredEntry;
  readonly parsed: Map<string, string>;
}

type Step = (view: EntryView) => boolean;

const nothingParsed: Labels = Object.freeze({});

/** Compiles stages. Throws `PortError`: `not-supported` for a stage that only Loki has, `rejected` for an invalid expression. */
export function compilePipeline(stages: readonly PipelineStage[]): Pipeline {
  const steps = stages.map(compileStage);
  if (steps.length === 0) {
    return () => nothingParsed;
  }
  return function run(labels, entry) {
    const view: EntryView = { labels, entry, parsed: new Map() };
    for (const step of steps) {
      if (!step(view)) {
        return null;
      }
    }
    return view.parsed.size === 0 ? nothingParsed : Object.fromEntries(view.parsed);
  };
}

function compileStage(stage: PipelineStage): Step {
  try {
    return compileSupportedStage(stage);
  } catch (error) {
    throw error instanceof LogqlInputError ? embeddedFailure('rejected', error.message, error) : error;
  }
}

function compileSupportedStage(stage: PipelineStage): Step {
  switch (stage.kind) {
    case 'line-filter': {
      const matches = compileLineFilter(stage);
      return (view) => matches(view.entry.line);
    }
    case 'json':
      refuseIf(stage.extractions.length > 0, 'json with expressions');
      return parseJson;
    case 'logfmt':
      refuseIf(stage.extractions.length > 0, 'logfmt with expressions');
      refuseIf(stage.isStrict, 'logfmt --strict');
      return (view) => parseLogfmt(view, stage.keepsEmpty);
    case 'label-filter':
      return compileCondition(stage.condition);
    default:
      throw notSupportedHere(stage.kind);
  }
}

function refuseIf(isRefused: boolean, construct: string): void {
  if (isRefused) {
    throw notSupportedHere(construct);
  }
}

function parseJson(view: EntryView): boolean {
  const { leaves, isObject } = readJsonLine(view.entry.line);
  for (const [path, value] of leaves) {
    const written = path.filter((part) => part.trim() !== '');
    addParsed(view, sanitizeName(written.join('_')), value);
  }
  if (!isObject) {
    view.parsed.set('__error__', 'JSONParserErr');
    view.parsed.set('__error_details__', 'the line is no JSON object');
  }
  return true;
}

function parseLogfmt(view: EntryView, keepsEmpty: boolean): boolean {
  for (const [key, value] of logfmtPairs(view.entry.line)) {
    if (value !== '' || keepsEmpty) {
      addParsed(view, sanitizeName(key), value);
    }
  }
  return true;
}

/** The first value of a name stays; a name that the stream or its metadata has already gets Loki's suffix. */
function addParsed(view: EntryView, name: string, value: string): void {
  const isTaken = name in view.labels || name in view.entry.metadata;
  const ownName = isTaken ? `${name}_extracted` : name;
  if (name !== '' && !view.parsed.has(ownName)) {
    view.parsed.set(ownName, value.replaceAll('\uFFFD', ' '));
  }
}

function sanitizeName(key: string): string {
  const name = key.trim().replaceAll(/[^\w]/gu, '_');
  return /^\d/.test(name) ? `_${name}` : name;
}

function compileCondition(condition: LabelCondition): Step {
  if (condition.kind === 'comparison') {
    throw notSupportedHere(`label filter on a ${condition.unit === 'bytes' ? 'size' : condition.unit}`);
  }
  if (condition.kind === 'address') {
    throw notSupportedHere('label filter on an address');
  }
  if (condition.kind === 'match') {
    const { name, operator, value } = condition.matcher;
    const matches = compileMatcher(condition.matcher);
    if (value === '' && (operator === '=~' || operator === '!~')) {
      // In a pipeline, unlike in a selector, Loki 3.7 takes the empty expression for one that any value matches.
      return () => operator === '=~';
    }
    return ({ labels, entry, parsed }) => matches(parsed.get(name) ?? entry.metadata[name] ?? labels[name] ?? '');
  }
  const left = compileCondition(condition.left);
  const right = compileCondition(condition.right);
  return condition.kind === 'and' ? (view) => left(view) && right(view) : (view) => left(view) || right(view);
}
