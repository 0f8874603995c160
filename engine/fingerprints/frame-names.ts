// Names of frames without what changes between builds, processes and runs of the same code.

/** Last segments of a path that say where code was put, not what it is. */
const rootFolders = new Set(
  'app apps src source srv opt code workspace usr home lib dist build out bin var tmp root site www html release current target'.split(
    ' '
  )
);

/** Returns a file's name, with its folder where that says something, without extension and content hash. */
export function moduleOfPath(path: string): string {
  const segments = path
    .replace(/^(?:file|webpack|webpack-internal|https?):\/{2,3}/, '')
    .replace(/[?#].*$/, '')
    .split(/[\\/]/)
    .filter((segment) => segment !== '' && segment !== '.');
  const file = (segments.at(-1) ?? '').replace(/\.[A-Za-z]{1,5}$/, '').replace(/[.-][0-9a-f]{8,40}(?=$|\.)/, '');
  const folder = segments.at(-2);
  return folder === undefined || rootFolders.has(folder) || /\d/.test(folder) ? file : `${folder}/${file}`;
}

/** Class without proxies, anonymous classes and lambdas: `Cart$$EnhancerBySpringCGLIB$$1a2b` is `Cart`. */
export function normalizeJvmClass(name: string): string {
  return name
    .replace(/\$\$(?:Lambda|anonfun|SpringCGLIB|Enhancer|FastClass|HibernateProxy|_jvst|jooq).*$/i, '')
    .replace(/_\$\$_.*$/, '')
    .replace(/\/0x[0-9a-f]+.*$/, '')
    .replace(/(?:\$(?:anonfun|lambda|ByteBuddy|MockitoMock)\$?\w*)+.*$/i, '')
    .replace(/(?:\$\d+)+(?=\$|$)/g, '')
    .replace(/((?:Proxy|Accessor|Impl)\$?)\d+$/, '$1');
}

/** Method without the number of its lambda: `lambda$pay$3` is `pay`. */
export function normalizeJvmMethod(name: string): string {
  return name
    .replace(/^lambda\$(?:([\w]+?)\$)?\d*$/, (_whole, inner: string | undefined) => inner ?? 'lambda')
    .replace(/^\$?anonfun\$([A-Za-z]\w*).*$/, '$1')
    .replace(/(?:\$\d+)+$/, '')
    .replace(/^access\$\d+$/, 'access')
    .replace(/\$(?:default|suspendImpl|lambda|\d).*$/, '');
}

/** Method of .NET without state machines, closures and generic arguments: `<PayAsync>d__12.MoveNext` is `PayAsync`. */
export function normalizeDotnetName(qualified: string): string {
  return qualified
    .replace(/`\d+/g, '')
    .replace(/\[[^\]]{0,300}\]/g, '')
    .replace(/(?:\.<>c(?:__DisplayClass\d+(?:_\d+)?)?)?\.<(\w+)>[bg]__(?:\w+\|)?\d+(?:_\d+)*/g, '.$1')
    .replace(/[.+]<(\w+)>d(?:__\d+)?\.MoveNext$/, '.$1')
    .replace(/\.<>c(?:__DisplayClass\d+_\d+)?(?=\.|$)/g, '')
    .replace(/\d+$/, '');
}

/** Function of Go without closure numbers, generic arguments and receivers' pointers' differences. */
export function normalizeGoFunction(name: string): string {
  return name
    .replace(/\[\.\.\.\]/g, '')
    .replace(/(?:\.func\d+|\.gowrap\d+|\.deferwrap\d+|\.\d+|-range\d+|-fm)+$/, '')
    .replace(/\.func\d+(?=\.)/g, '')
    .replace(/^.*\/v\d+\./, (prefix) => prefix.replace(/\/v\d+\.$/, '.'));
}

/** Path of Rust without the hash of the build, closures and generic arguments. */
export function normalizeRustPath(name: string): string {
  const bare = name
    .replace(/::h[0-9a-f]{16}$/, '')
    .replace(/(?:::\{\{?closure\}?\}?(?:#\d+)?)+/g, '')
    .replace(/^<([\w:]{1,300})[^\n]{0,300}? as [^\n]{0,300}?>::/, '$1::');
  return withoutBrackets(bare, '<', '>')
    .replace(/::(?=::|$)/g, '')
    .replace(/^::/, '');
}

/** Function of C or C++ without arguments, template arguments and the compiler's clones. */
export function normalizeNativeFunction(name: string): string {
  const bare = withoutBrackets(withoutBrackets(name, '(', ')'), '<', '>');
  return bare
    .replace(/\.(?:constprop|isra|part|cold|lto_priv)(?:\.\d+)*/g, '')
    .replace(/^__(?:interceptor|asan|GI)_/, '')
    .replace(/\s(?:const|noexcept)$/, '')
    .trim()
    .replace(/^.*\s/, '');
}

/** Function of JavaScript: no `async`, aliases and anonymous markers. */
export function normalizeScriptFunction(name: string): string {
  return name
    .replace(/^(?:async |new )+/, '')
    .replace(/ \[as [^\]]*\]$/, '')
    .replace(/(?:^|\.)(?:<anonymous>|<computed>|\[object \w+\]|anonymous)$/, '')
    .replace(/^(?:Object|Module|Function|global|Proxy|eval)(?:\.|$)/, '');
}

/** Method of Ruby: without blocks, and without the class that newer versions print before it. */
export function normalizeRubyMethod(name: string): string {
  return name
    .replace(/^(?:block (?:\(\d+ levels\) )?in |rescue in |ensure in )+/, '')
    .replace(/^.*[#.](?=[^#.]+$)/, '');
}

/** Function of PHP: without arguments, and closures without the place that newer versions print. */
export function normalizePhpFunction(name: string): string {
  return name
    .replace(/\{closure[^}]*\}/g, '{closure}')
    .replace(/@anonymous.*?(?=->|::|$)/, '@anonymous')
    .replace(/->/g, '::');
}

function withoutBrackets(text: string, open: string, close: string): string {
  if (!text.includes(open)) {
    return text;
  }
  let depth = 0;
  let kept = '';
  for (const character of text) {
    if (character === open) {
      depth += 1;
    } else if (character === close && depth > 0) {
      depth -= 1;
    } else if (depth === 0) {
      kept += character;
    }
  }
  return kept;
}
