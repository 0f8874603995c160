// What the plugin's bundle may be: how large, and with nothing in it that one of React 18 and 19 does not have. Grafana 12.4 runs plugins
// on React 18, Grafana 13.2 on React 19, both with their own copy.

/** One script of the bundle with the sources that its source map says it was made of. */
export interface BundledScript {
  readonly name: string;
  readonly text: string;
  readonly sources: ReadonlyArray<{ readonly name: string; readonly text: string }>;
}

/** Grafana loads module.js for visitors of other pages too, once an extension point needs it. */
export const maxStartBytes = 60 * 1000;

/** All scripts, minified, as they are installed. */
export const maxTotalBytes = 900 * 1000;

interface Rule {
  readonly what: string;
  readonly pattern: RegExp;
}

/** Strings that are in every build of React itself and nowhere else. */
const insidesOfReact: readonly Rule[] = [
  { what: 'a copy of React', pattern: /__SECRET_INTERNALS_DO_NOT_USE|__CLIENT_INTERNALS_DO_NOT_USE/ },
  {
    what: "a copy of React's elements or JSX runtime",
    pattern: /Symbol\.for\(["']react\.(transitional\.)?element["']\)/,
  },
];

/** In the sources, because a minifier leaves no names of imports. */
const notInBoth: readonly Rule[] = [
  {
    what: 'an API that only React 19 has',
    pattern:
      /\b(useOptimistic|useActionState|useFormStatus|useEffectEvent)\b|\bReact\.use\(|import[^;]*[{,]\s*use\s*[,}][^;]*from ['"]react['"]/,
  },
  {
    what: 'ref as a prop, which only React 19 has',
    pattern: /function [A-Z]\w*\(\s*\{[^}]*\bref\b[^}]*\}|\b[A-Z]\w* = \(\s*\{[^}]*\bref\b[^}]*\}[^)]*\) =>/,
  },
  {
    what: 'an API that React 19 has no more',
    pattern:
      /\b(findDOMNode|unmountComponentAtNode|createFactory)\(|\bReactDOM\.(render|hydrate)\(|import[^;]*\b(render|hydrate|findDOMNode|unmountComponentAtNode)\b[^;]*from ['"]react-dom['"]/,
  },
  { what: 'legacy context, which React 19 has no more', pattern: /\b(childContextTypes|getChildContext)\b/ },
  {
    what: 'contextTypes or defaultProps, which React 19 ignores on functions',
    pattern: /\.(contextTypes|defaultProps)\s*=[^=]/,
  },
  { what: 'a string ref, which React 19 has no more', pattern: /<[A-Za-z][^<>]*\sref=["']|\{[^{}]*\bref: ["']/ },
  { what: 'a root of its own, which Grafana 12.4 does not share', pattern: /from ['"]react-dom\/client['"]/ },
];

/** Findings as sentences, none for a bundle that may be installed. `startName` is the script that Grafana loads first. */
export function inspectBundle(scripts: readonly BundledScript[], startName: string): readonly string[] {
  const start = scripts.find(({ name }) => name === startName);
  if (start === undefined) {
    return [`${startName} is missing: build the plugin first`];
  }
  return [
    ...tooLarge(`${startName} alone`, byteLength(start), maxStartBytes),
    ...tooLarge('The plugin', scripts.map(byteLength).reduce(sum, 0), maxTotalBytes),
    ...scripts.flatMap(inspectScript),
  ];
}

/** Bytes of a script as it is installed. */
export function byteLength({ text }: BundledScript): number {
  return Buffer.byteLength(text);
}

function inspectScript({ name, text, sources }: BundledScript): readonly string[] {
  if (sources.length === 0) {
    return [`${name} has no source map, so that nobody knows what is in it`];
  }
  return [
    ...broken(name, text, insidesOfReact),
    ...sources.flatMap((source) => broken(source.name, source.text, notInBoth)),
  ];
}

function broken(name: string, text: string, rules: readonly Rule[]): readonly string[] {
  const code = withoutComments(text);
  return rules.flatMap(({ what, pattern }) => {
    const found = pattern.exec(code)?.[0];
    return found === undefined ? [] : [`${name} has ${what}: ${found.slice(0, 80).replaceAll(/\s+/g, ' ')}`];
  });
}

/** Libraries speak about old APIs in their comments. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}

function tooLarge(what: string, bytes: number, limit: number): readonly string[] {
  return bytes < limit ? [] : [`${what} is ${bytes} bytes large; the limit is ${limit}`];
}

function sum(left: number, right: number): number {
  return left + right;
}
