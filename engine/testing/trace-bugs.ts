import type { TraceLanguage } from '../fingerprints/index.ts';

/** A call of the application: class or module, and function. */
export type Call = readonly [module: string, name: string];

/** A bug of an imaginary shop; every trace that is written of it belongs to one group. */
export interface Bug {
  readonly id: string;
  readonly language: TraceLanguage;
  readonly type: string;
  /** `#` is replaced by another number in each trace. */
  readonly message: string;
  /** Innermost call first; empty when only libraries are on the stack. */
  readonly calls: readonly Call[];
  /** Which library the innermost call went into. */
  readonly library: 0 | 1;
  /** Type of the exception that caused it; absent when there is no chain. */
  readonly causeType?: string;
}

const languages: readonly TraceLanguage[] = ['jvm', 'javascript', 'python', 'go', 'dotnet', 'ruby', 'php', 'rust', 'c'];

const typesOfLanguage: Readonly<Record<TraceLanguage, readonly [string, string, string]>> = {
  jvm: ['java.lang.IllegalStateException', 'com.shop.errors.OutOfStockException', 'java.sql.SQLTimeoutException'],
  javascript: ['TypeError', 'OutOfStockError', 'TimeoutError'],
  python: ['ValueError', 'shop.errors.OutOfStock', 'TimeoutError'],
  go: [
    'runtime error: index out of range',
    'runtime error: slice bounds out of range',
    'runtime error: integer divide by zero',
  ],
  dotnet: ['System.InvalidOperationException', 'Shop.Errors.OutOfStockException', 'System.TimeoutException'],
  ruby: ['ArgumentError', 'Shop::OutOfStockError', 'Timeout::Error'],
  php: ['TypeError', 'Shop\\Errors\\OutOfStockException', 'PDOException'],
  rust: ['panic', 'panic', 'panic'],
  c: ['heap-use-after-free', 'heap-buffer-overflow', 'stack-buffer-overflow'],
};

const calls: readonly Call[] = [
  ['Stock', 'take'],
  ['Cart', 'reserve'],
  ['Order', 'place'],
  ['Checkout', 'submit'],
];

/** Bugs of nine languages; those of one language differ in one respect only, so they look alike. */
export function allBugs(): readonly Bug[] {
  return languages.flatMap((language) => bugsOf(language));
}

function bugsOf(language: TraceLanguage): readonly Bug[] {
  const [type, otherType, causeType] = typesOfLanguage[language];
  const base: Bug = {
    id: `${language}-base`,
    language,
    type,
    message: 'order # has no stock for item #',
    calls,
    library: 0,
  };
  const bugs: Bug[] = [
    base,
    { ...base, id: `${language}-other-function`, calls: [['Stock', 'release'], ...calls.slice(1)] },
    { ...base, id: `${language}-other-module`, calls: [['Price', 'take'], ...calls.slice(1)] },
    { ...base, id: `${language}-other-caller`, calls: [...calls.slice(0, 2), ['Refund', 'place'], ...calls.slice(3)] },
    { ...base, id: `${language}-library-only`, calls: [], library: 1, message: 'connection # was refused' },
  ];
  if (otherType !== type) {
    bugs.push({ ...base, id: `${language}-other-type`, type: otherType });
  }
  if (['jvm', 'python', 'dotnet', 'javascript'].includes(language)) {
    bugs.push({ ...base, id: `${language}-with-cause`, causeType });
  }
  return bugs;
}
