import { describe, expect, test } from 'vitest';
import { inspectBundle, maxStartBytes, maxTotalBytes, type BundledScript } from './bundle-rules.ts';

const fine = `import React, { useRef, useState } from 'react';
import { createPortal } from 'react-dom';
// ReactDOM.render(x) and findDOMNode() were used here once, and <div ref="box">.
export function Field({ reference, use }: Props) {
  const box = useRef<HTMLDivElement>(null);
  i18n.use(plugin);
  return <div ref={box} href="x">{use.ref === 'a'}</div>;
}`;

function script(source: string, change: Partial<BundledScript> = {}): BundledScript {
  return {
    name: 'module.js',
    text: 'define([],()=>{})',
    sources: [{ name: 'pages/Planted.tsx', text: source }],
    ...change,
  };
}

function inspect(...scripts: BundledScript[]): readonly string[] {
  return inspectBundle(scripts, 'module.js');
}

describe('a bundle', () => {
  test('that both versions of React can run passes', () => {
    expect(inspect(script(fine))).toEqual([]);
  });

  test.each([
    ['use() of React 19', "import { use, useState } from 'react';"],
    ['use() of React 19 by its namespace', 'const value = React.use(promise);'],
    ['useOptimistic', 'const [shown] = useOptimistic(value);'],
    ['useActionState', 'const [state] = useActionState(run, 0);'],
    ['useFormStatus', "import { useFormStatus } from 'react-dom';"],
    ['ref as a prop of a function', 'export function Field({ label, ref }: Props) { return null; }'],
    ['ref as a prop of an arrow function', 'const Field = ({ ref, label }: Props) => null;'],
    ['findDOMNode', 'const node = ReactDOM.findDOMNode(this);'],
    ['ReactDOM.render', 'ReactDOM.render(element, box);'],
    ['render of react-dom', "import { render } from 'react-dom';"],
    ['unmountComponentAtNode', 'unmountComponentAtNode(box);'],
    ['legacy context of a provider', 'Field.childContextTypes = {};'],
    ['legacy context of a reader', 'Field.contextTypes = {};'],
    ['defaultProps', 'Field.defaultProps = { size: 1 };'],
    ['a string ref', 'return <div className="x" ref="box" />;'],
    ['a string ref that was compiled', 'React.createElement("div", { ref: "box" })'],
    ['a root of its own', "import { createRoot } from 'react-dom/client';"],
  ])('with %s is refused', (_what, source) => {
    expect(inspect(script(source))).toEqual([expect.stringContaining('pages/Planted.tsx has ')]);
  });

  test.each([
    ['React 18', 'exports.__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED=x'],
    ['React 19', 'exports.__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE=x'],
    ['a JSX runtime', 'var e=Symbol.for("react.element")'],
  ])('with a copy of %s is refused', (_what, text) => {
    expect(inspect(script(fine, { text }))).toEqual([expect.stringContaining('module.js has a copy of React')]);
  });

  test('with too large a start is refused', () => {
    expect(inspect(script(fine, { text: 'x'.repeat(maxStartBytes) }))).toEqual([
      expect.stringContaining('module.js alone is'),
    ]);
  });

  test('that is too large as a whole is refused', () => {
    const page = script(fine, { name: '1.js', text: 'x'.repeat(maxTotalBytes) });
    expect(inspect(script(fine), page)).toEqual([expect.stringContaining('The plugin is')]);
  });

  test('without a source map, or without a start, is refused: nothing would be known of it', () => {
    expect(inspect(script(fine, { sources: [] }))).toEqual([expect.stringContaining('has no source map')]);
    expect(inspect()).toEqual([expect.stringContaining('build the plugin first')]);
  });
});
