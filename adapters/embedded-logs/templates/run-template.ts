import type { Labels } from '@loghunter/engine/records';

import type { TemplateCommand, TemplateNode, TemplateOperand } from './parse-template.ts';
import { isTruthy, maxTextLength, TemplateFault, templateFunctions } from './template-functions.ts';
import type { TemplateValue } from './template-functions.ts';

/** What a template sees of a line. */
export interface TemplateInput {
  readonly line: string;
  readonly labels: Labels;
}

/** Writes a template's text for a line. Throws `TemplateFault` when a function cannot take its arguments, or the text grows too long. */
export function runTemplate(nodes: readonly TemplateNode[], input: TemplateInput): string {
  let text = '';
  for (const node of nodes) {
    switch (node.kind) {
      case 'text':
        text += node.text;
        break;
      case 'action':
        text += printValue(runPipeline(node.commands, input));
        break;
      case 'if':
        text += runTemplate(isTruthy(runPipeline(node.condition, input)) ? node.then : node.otherwise, input);
    }
    if (text.length > maxTextLength) {
      throw new TemplateFault(`the text has more than ${maxTextLength} characters`);
    }
  }
  return text;
}

function printValue(value: TemplateValue): string {
  return String(value);
}

function runPipeline(commands: readonly TemplateCommand[], input: TemplateInput): TemplateValue {
  let piped: readonly TemplateValue[] = [];
  for (const { functionName, operands } of commands) {
    const values = [...operands.map((operand) => valueOf(operand, input)), ...piped];
    piped = [callFunction(functionName, values, input)];
  }
  return piped[0] ?? '';
}

function callFunction(name: string | null, values: readonly TemplateValue[], input: TemplateInput): TemplateValue {
  if (name === null) {
    return values[0] ?? '';
  }
  return name === '__line__' ? input.line : (templateFunctions[name]?.(...values) ?? '');
}

function valueOf(operand: TemplateOperand, input: TemplateInput): TemplateValue {
  switch (operand.kind) {
    case 'field':
      return Object.hasOwn(input.labels, operand.name) ? (input.labels[operand.name] ?? '') : '';
    case 'literal':
      return operand.value;
    case 'pipeline':
      return runPipeline(operand.commands, input);
  }
}
