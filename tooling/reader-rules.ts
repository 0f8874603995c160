// Finds times that do not say whose zone they are in, and combo boxes whose name nobody hears.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const localeMethods = new Set(['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString']);
const comboBoxes = new Set(['Combobox', 'MultiCombobox']);

/** Problems with their places, for all sources of the plugin but tests. */
export function findReaderProblems(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .sort()
    .flatMap((name) => readerProblemsOf(relative('.', join(folder, name)), readFileSync(join(folder, name), 'utf8')));
}

/** The same for one source. */
export function readerProblemsOf(name: string, text: string): readonly string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const problem = problemOf(node, file);
    if (problem !== undefined) {
      found.push(`${name}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1} ${problem}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function problemOf(node: ts.Node, file: ts.SourceFile): string | undefined {
  if (ts.isCallExpression(node)) {
    return problemOfCall(node);
  }
  if (
    ts.isJsxAttribute(node) &&
    node.name.getText(file) === 'aria-label' &&
    comboBoxes.has(node.parent.parent.tagName.getText(file))
  ) {
    return 'a combo box drops aria-label: give it a Field with a label, or aria-labelledby';
  }
  return undefined;
}

function problemOfCall({ expression, arguments: [, options] }: ts.CallExpression): string | undefined {
  if (ts.isPropertyAccessExpression(expression) && localeMethods.has(expression.name.text)) {
    return `${expression.name.text} takes the browser's time zone: use dateTimeFormat with the page's`;
  }
  const isFormat = ts.isIdentifier(expression) && expression.text === 'dateTimeFormat';
  if (!isFormat || (options !== undefined && !ts.isObjectLiteralExpression(options))) {
    return undefined;
  }
  const names = options?.properties.map((property) => property.name?.getText()) ?? [];
  return names.includes('timeZone') ? undefined : "dateTimeFormat needs the page's timeZone";
}
