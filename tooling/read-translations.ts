// Finds every text that the plugin's sources give to t() and <Trans>, with its key.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

/** Texts by key, and what is wrong with the calls, each with its place. */
export interface Translations {
  readonly texts: ReadonlyMap<string, string>;
  readonly problems: readonly string[];
}

/** `feature.place.what`: at least two parts, so that the files of a feature's keys lie together. */
const keyForm = /^[a-z][A-Za-z0-9-]*(\.[A-Za-z0-9-]+)+(_one|_other)?$/;

/** Reads all sources below a folder, tests left out. */
export function readTranslations(folder: string): Translations {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name))
    .sort();
  return collectTranslations(
    names.map((name) => ({ name: relative('.', join(folder, name)), text: readFileSync(join(folder, name), 'utf8') }))
  );
}

/** The same for given sources. */
export function collectTranslations(
  sources: ReadonlyArray<{ readonly name: string; readonly text: string }>
): Translations {
  const texts = new Map<string, string>();
  const problems: string[] = [];
  for (const { name, text } of sources) {
    const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
    const visit = (node: ts.Node) => {
      for (const found of readNode(node)) {
        const line = file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
        const problem = 'problem' in found ? found.problem : keep(texts, found);
        if (problem !== undefined) {
          problems.push(`${name}:${line} ${problem}`);
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return { texts, problems };
}

interface Entry {
  readonly key: string;
  readonly text: string;
}

type Found = Entry | { readonly problem: string };

function keep(texts: Map<string, string>, { key, text }: Entry): string | undefined {
  const before = texts.get(key);
  if (!keyForm.test(key)) {
    return `the key '${key}' must be at least two words joined by dots, such as clusters.empty`;
  }
  if (before !== undefined && before !== text) {
    return `the key '${key}' has another text elsewhere: '${before}'`;
  }
  texts.set(key, text);
  return undefined;
}

function readNode(node: ts.Node): readonly Found[] {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
    return readCall(node);
  }
  if (ts.isJsxElement(node) && node.openingElement.tagName.getText() === 'Trans') {
    return [readTrans(node)];
  }
  return [];
}

/** Suffixes of English plurals; the text itself is that of all other numbers. */
const singular = 'defaultValue_one';

function readCall({ arguments: [key, text, values] }: ts.CallExpression): readonly Found[] {
  const keyText = key && literal(key);
  const defaultText = text && literal(text);
  if (keyText === undefined || defaultText === undefined) {
    return [{ problem: 't() needs its key and its English text as literals, so that they can be found' }];
  }
  const one = values && ts.isObjectLiteralExpression(values) ? property(values, singular) : undefined;
  if (one === undefined) {
    return [{ key: keyText, text: defaultText }];
  }
  return [
    { key: `${keyText}_one`, text: one },
    { key: `${keyText}_other`, text: defaultText },
  ];
}

function readTrans(element: ts.JsxElement): Found {
  const attribute = element.openingElement.attributes.properties.find(
    (candidate): candidate is ts.JsxAttribute => ts.isJsxAttribute(candidate) && candidate.name.getText() === 'i18nKey'
  );
  const key = attribute?.initializer && ts.isStringLiteral(attribute.initializer) ? attribute.initializer.text : '';
  const text = childrenText(element.children);
  if (key === '' || text === undefined) {
    return { problem: '<Trans> needs i18nKey as a literal and children that are text, elements or {{ values }}' };
  }
  return { key, text };
}

/** What react-i18next makes of children: elements become `<n>`, n being their place among the children that React sees. */
function childrenText(children: readonly ts.JsxChild[]): string | undefined {
  let text = '';
  let index = 0;
  for (const child of children) {
    const part = childText(child, index);
    if (part === undefined) {
      return undefined;
    }
    if (part !== '') {
      text += part;
      index += 1;
    }
  }
  return text;
}

function childText(child: ts.JsxChild, index: number): string | undefined {
  if (ts.isJsxText(child)) {
    return jsxText(child.text);
  }
  if (ts.isJsxElement(child)) {
    const inner = childrenText(child.children);
    return inner === undefined ? undefined : `<${index}>${inner}</${index}>`;
  }
  if (ts.isJsxSelfClosingElement(child)) {
    return `<${index}></${index}>`;
  }
  if (!ts.isJsxExpression(child) || child.expression === undefined) {
    return undefined;
  }
  const { expression } = child;
  if (ts.isObjectLiteralExpression(expression)) {
    const [name] = expression.properties;
    return name?.name && expression.properties.length === 1 ? `{{${name.name.getText()}}}` : undefined;
  }
  return literal(expression);
}

/** JSX drops line breaks with the blanks around them. */
function jsxText(text: string): string {
  const lines = text.replaceAll('&apos;', "'").replaceAll('&quot;', '"').split('\n');
  return lines
    .map((line, place) => {
      const start = place === 0 ? line : line.trimStart();
      return place === lines.length - 1 ? start : start.trimEnd();
    })
    .filter((line) => line !== '')
    .join(' ');
}

function property(object: ts.ObjectLiteralExpression, name: string): string | undefined {
  const found = object.properties.find(
    (candidate): candidate is ts.PropertyAssignment =>
      ts.isPropertyAssignment(candidate) && candidate.name.getText() === name
  );
  return found && literal(found.initializer);
}

/** A literal, or literals joined by `+`. */
function literal(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [literal(node.left), literal(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}
