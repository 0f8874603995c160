import { isCliError } from '../cli-error.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { openInput } from '../files/open-input.ts';
import { readEvents } from '../files/read-events.ts';
import { createOutput, say } from '../terminal/output.ts';
import { utcZone } from '../times/time-zone.ts';
import { createEventExplainer, type EventExplainer } from './explain-events.ts';
import { renderExplanation } from './render-explanation.ts';

/** Options of `loghunter explain` as the command line gives them. */
export interface ExplainFlags {
  readonly line?: string;
  readonly limit: number;
  readonly json?: boolean;
}

/** `loghunter explain`: why events are grouped as they are. Files that cannot be read are named, the others are still explained. */
export async function runExplain(paths: readonly string[], flags: ExplainFlags): Promise<ExitCode> {
  if ((paths.length === 0) === (flags.line === undefined)) {
    say('explain takes files, or one text with --line');
    return exitCodes.usage;
  }
  const explainer = createEventExplainer(flags.limit);
  if (flags.line !== undefined) {
    explainer.add(flags.line);
  }
  const exitCode = await readFiles(paths, explainer);
  const output = createOutput();
  let isFirst = true;
  for (const event of explainer.explain()) {
    const text = flags.json === true ? `${JSON.stringify(event)}\n` : (isFirst ? '' : '\n') + renderExplanation(event);
    isFirst = false;
    await output.write(text);
  }
  await output.flush();
  return exitCode;
}

async function readFiles(paths: readonly string[], explainer: EventExplainer): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.fine;
  for (const path of paths) {
    try {
      const input = await openInput(path);
      await readEvents(input, { timeZone: utcZone, nowMs: Date.now() }, (event) => explainer.add(event.text));
    } catch (error) {
      if (!isCliError(error)) {
        throw error;
      }
      say(error.message);
      exitCode = error.exitCode;
    }
  }
  return exitCode;
}
