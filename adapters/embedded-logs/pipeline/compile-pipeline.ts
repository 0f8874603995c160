// The stages of a log query, compiled once and then asked for each line.
import { compileLineFilter, LogqlInputError } from '@loghunter/engine/logql';
import type { PipelineStage } from '@loghunter/engine/logql';

import { embeddedFailure } from '../embedded-failure.ts';
import { compileAddressTest } from './address-range.ts';
import { compileDrop, compileKeep } from './choose-labels.ts';
import { compileCondition, conditionNames } from './compile-condition.ts';
import { compileLabelFormat, compileLineFormat, formatNames } from './format-line.ts';
import { compilePatternParser, compilePatternTest } from './line-pattern.ts';
import type { Stage } from './line-state.ts';
import { orderStages } from './order-stages.ts';
import { compileJson } from './parse-json.ts';
import { compileJsonPaths } from './parse-json-paths.ts';
import { compileLogfmt } from './parse-logfmt.ts';
import { compileRegexp } from './parse-regexp.ts';
import type { ParserHints } from './parser-hints.ts';
import { compileUnpack } from './unpack-line.ts';

/**
 * Compiles stages into one; null for none. Throws `PortError`: `not-supported` for what only Loki has, `rejected` for an invalid
 * expression.
 */
export function compilePipeline(stages: readonly PipelineStage[], hints: ParserHints): Stage | null {
  const compiled = orderStages(stages).map((stage) => compileStage(stage, hints));
  return compiled.length === 0 ? null : (state) => compiled.every((stage) => stage(state));
}

/** The labels that stages need of the parsers before them. */
export function stageNames(stages: readonly PipelineStage[]): readonly string[] {
  return stages.flatMap((stage) => {
    switch (stage.kind) {
      case 'label-filter':
        return conditionNames(stage.condition);
      case 'line_format':
      case 'label_format':
        return formatNames(stage);
      default:
        return [];
    }
  });
}

/** Runs the compiling of an expression, whose faults become `PortError` `rejected`. */
export function rejectInvalid<Compiled>(compile: () => Compiled): Compiled {
  try {
    return compile();
  } catch (error) {
    throw error instanceof LogqlInputError ? embeddedFailure('rejected', error.message, error) : error;
  }
}

function compileStage(stage: PipelineStage, hints: ParserHints): Stage {
  return rejectInvalid(() => compileValidStage(stage, hints));
}

function compileValidStage(stage: PipelineStage, hints: ParserHints): Stage {
  switch (stage.kind) {
    case 'line-filter': {
      const matches = compileLineFilter(stage);
      return ({ line }) => matches(line);
    }
    case 'pattern-filter': {
      const tests = stage.patterns.map(compilePatternTest);
      const isWanted = stage.operator === '|>';
      return ({ line }) => tests.some((test) => test(line)) === isWanted;
    }
    case 'address-filter': {
      const holds = compileAddressTest(stage.range);
      const isWanted = stage.operator === '|=';
      return ({ line }) => holds(line) === isWanted;
    }
    case 'json':
      return stage.extractions.length === 0 ? compileJson(hints) : compileJsonPaths(stage.extractions, hints);
    case 'logfmt':
      return compileLogfmt(stage, hints);
    case 'pattern':
      return compilePatternParser(stage.expression, hints);
    case 'regexp':
      return compileRegexp(stage.expression, hints);
    case 'unpack':
      return compileUnpack(hints);
    case 'decolorize':
      return removeColours;
    case 'line_format':
      return compileLineFormat(stage.template);
    case 'label_format':
      return compileLabelFormat(stage.assignments);
    case 'drop':
      return compileDrop(stage.labels);
    case 'keep':
      return compileKeep(stage.labels);
    case 'label-filter':
      return compileCondition(stage.condition);
  }
}

// Escape sequences of terminals: colours and styles (CSI ... m and the like), and strings up to a bell.
const escapeSequence =
  /[\u001b\u009b][[\]()#;?]*(?:(?:[a-zA-Z\d]*(?:;[a-zA-Z\d]*)*)?\u0007|(?:\d{1,4}(?:;\d{0,4})*)?[\dA-PRZcf-ntqry=><~])/g;

const removeColours: Stage = (state) => {
  state.line = state.line.replaceAll(escapeSequence, '');
  return true;
};
