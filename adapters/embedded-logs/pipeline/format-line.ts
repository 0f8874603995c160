import type { LabelAssignment } from '@loghunter/engine/logql';

import { embeddedFailure } from '../embedded-failure.ts';
import { parseTemplate, templateFields } from '../templates/parse-template.ts';
import type { TemplateNode } from '../templates/parse-template.ts';
import { runTemplate } from '../templates/run-template.ts';
import { TemplateFault } from '../templates/template-functions.ts';
import type { Labels } from '@loghunter/engine/records';

import { allLabelsOf, deleteLabel, failLine, labelOf, setParsed } from './line-state.ts';
import type { LineState, Stage } from './line-state.ts';

/** The `line_format` stage. */
export function compileLineFormat(template: string): Stage {
  const nodes = parseTemplate(template);
  return function formatLine(state) {
    state.line = fill(nodes, state, allLabelsOf(state)) ?? state.line;
    return true;
  };
}

/** The `label_format` stage: its templates see the labels as they were before the first template. */
export function compileLabelFormat(assignments: readonly LabelAssignment[]): Stage {
  const names = assignments.map(({ name }) => name);
  if (names.includes('__error__') || new Set(names).size < names.length) {
    throw embeddedFailure('rejected', 'label_format sets a label once only, and never __error__');
  }
  const compiled = assignments.map((assignment) => ({
    assignment,
    nodes: assignment.kind === 'template' ? parseTemplate(assignment.template) : [],
  }));
  return function formatLabels(state) {
    let labels: Labels | null = null;
    for (const { assignment, nodes } of compiled) {
      if (assignment.kind === 'rename') {
        renameLabel(state, assignment.from, assignment.name);
        continue;
      }
      labels ??= allLabelsOf(state);
      const value = fill(nodes, state, labels);
      if (value !== null) {
        setParsed(state, assignment.name, value);
      }
    }
    return true;
  };
}

function renameLabel(state: LineState, from: string, name: string): void {
  const value = labelOf(state, from);
  if (value !== undefined) {
    setParsed(state, name, value);
    deleteLabel(state, from);
  }
}

function fill(nodes: readonly TemplateNode[], state: LineState, labels: Labels): string | null {
  try {
    return runTemplate(nodes, { line: state.line, labels });
  } catch (error) {
    if (!(error instanceof TemplateFault)) {
      throw error;
    }
    failLine(state, 'TemplateFormatErr', error.message);
    return null;
  }
}

/** The labels that the templates and renamings of a stage use. */
export function formatNames(
  stage: { readonly template: string } | { readonly assignments: readonly LabelAssignment[] }
): readonly string[] {
  if ('template' in stage) {
    return templateFields(parseTemplate(stage.template));
  }
  return stage.assignments.flatMap((assignment) =>
    assignment.kind === 'rename' ? [assignment.from] : templateFields(parseTemplate(assignment.template))
  );
}
