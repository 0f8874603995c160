import { compileMatcher } from '@loghunter/engine/logql';
import type { LabelChoice } from '@loghunter/engine/logql';

import { allLabelsOf, deleteLabel, labelOf } from './line-state.ts';
import type { LineState, Stage } from './line-state.ts';

interface CompiledChoice {
  readonly name: string;
  /** Null for a name alone. */
  readonly matches: ((value: string) => boolean) | null;
}

function compileChoice(choice: LabelChoice): CompiledChoice {
  return choice.kind === 'name'
    ? { name: choice.name, matches: null }
    : { name: choice.matcher.name, matches: compileMatcher(choice.matcher) };
}

/** The `drop` stage: takes labels away, the error among them. */
export function compileDrop(choices: readonly LabelChoice[]): Stage {
  const compiled = choices.map(compileChoice);
  return function dropLabels(state) {
    compiled.forEach((choice) => dropLabel(state, choice));
    return true;
  };
}

function dropLabel(state: LineState, { name, matches }: CompiledChoice): void {
  if (name === '__error__') {
    if (matches === null || matches(state.error ?? '')) {
      state.error = null;
    }
  } else if (name === '__error_details__') {
    if (matches === null || matches(state.errorDetails)) {
      state.errorDetails = '';
    }
  } else {
    const value = labelOf(state, name);
    if (matches === null ? value !== undefined : matches(value ?? '')) {
      deleteLabel(state, name);
    }
  }
}

const alwaysKept: ReadonlySet<string> = new Set(['__error__', '__error_details__', '__preserve_error__']);

/** The `keep` stage: leaves only what it names, and errors. */
export function compileKeep(choices: readonly LabelChoice[]): Stage {
  const compiled = choices.map(compileChoice);
  return function keepLabels(state) {
    for (const [name, value] of Object.entries(allLabelsOf(state))) {
      const isKept = compiled.some(
        (choice) => choice.name === name && (choice.matches === null || choice.matches(value))
      );
      if (!isKept && !alwaysKept.has(name)) {
        deleteLabel(state, name);
      }
    }
    return true;
  };
}
