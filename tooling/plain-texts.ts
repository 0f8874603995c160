// Finds texts for people that the plugin's sources do not give to t(): text in JSX, and literals in attributes that people read or hear.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Attributes of our components, Grafana's and HTML's that hold words. Placeholders are left out: most of them are examples of a value. */
const wordAttributes = new Set(['alt', 'aria-label', 'description', 'label', 'message', 'text', 'title', 'tooltip']);

/** Two letters in a row are a word; units, arrows and single marks are none. */
const word = /\p{L}{2}/u;

/** Problems with their places, for all sources below a folder but tests and module.tsx, whose words are shown before translations are loaded. */
export function findPlainTexts(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx') && !name.endsWith('.test.tsx') && name !== 'module.tsx')
    .sort()
    .flatMap((name) => plainTextsOf(relative('.', join(folder, name)), readFileSync(join(folder, name), 'utf8')));
}

/** The same for one source. */
export function plainTextsOf(name: string, text: string): readonly string[] {
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const report = (node: ts.Node, words: string) => {
    const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
    found.push(`${name}:${line} '${words.trim().replaceAll(/\s+/g, ' ')}' is read by people: give it to t()`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxElement(node) && ['Trans', 'code', 'kbd'].includes(node.openingElement.tagName.getText(file))) {
      return;
    }
    if (ts.isJsxText(node) && word.test(node.text.replaceAll(/&\w+;/g, ''))) {
      report(node, node.text);
    }
    if (ts.isJsxExpression(node) && node.expression !== undefined && isForPeople(node, file)) {
      literalsOf(node.expression).forEach((literal) => report(literal, literal.text));
    }
    if (
      ts.isJsxAttribute(node) &&
      isWordAttribute(node, file) &&
      node.initializer &&
      ts.isStringLiteral(node.initializer)
    ) {
      literalsOf(node.initializer).forEach((literal) => report(literal, literal.text));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isForPeople(node: ts.JsxExpression, file: ts.SourceFile): boolean {
  return ts.isJsxAttribute(node.parent) ? isWordAttribute(node.parent, file) : true;
}

function isWordAttribute(node: ts.JsxAttribute, file: ts.SourceFile): boolean {
  return wordAttributes.has(node.name.getText(file));
}

/** Literals that an expression may come to: itself, or the ends of its conditions. */
function literalsOf(node: ts.Expression): ReadonlyArray<ts.Node & { readonly text: string }> {
  if (ts.isStringLiteralLike(node)) {
    return word.test(node.text) ? [node] : [];
  }
  if (ts.isTemplateExpression(node)) {
    const parts = [node.head, ...node.templateSpans.map(({ literal }) => literal)];
    return parts.filter(({ text }) => word.test(text));
  }
  if (ts.isParenthesizedExpression(node)) {
    return literalsOf(node.expression);
  }
  if (ts.isConditionalExpression(node)) {
    return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  }
  if (ts.isBinaryExpression(node) && ['&&', '||', '??'].includes(node.operatorToken.getText())) {
    return literalsOf(node.right);
  }
  return [];
}
