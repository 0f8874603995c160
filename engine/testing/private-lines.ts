// Log lines with one known secret or piece of personal data each, in the ways in which such things get into logs.
import { base64Of, credentialKinds, keyedKinds, personalKinds } from './private-values.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A line with something private in it. */
export interface PrivateLine {
  readonly kind: string;
  readonly text: string;
  /** What must not be left of it in a redacted line. */
  readonly value: string;
}

type Carrier = (value: string, random: SeededRandom) => string;

const carriers: readonly [Carrier, ...Carrier[]] = [
  (value) => `2026-11-21T02:51:19.120Z INFO [worker-3] com.acme.Gateway: calling upstream with ${value}, retry 3`,
  (value) => `{"level":"error","ts":"2026-11-21T02:51:19Z","msg":"rejected ${value}","status":401}`,
  (value) => `level=warn ts=2026-11-21T02:51:19Z caller=client.go:88 subject="${value}" err="not allowed"`,
  (value) => `Nov 21 02:51:19 web01 agent[812]: got '${value}' from the queue`,
  (value) => `I1121 02:51:19.000001       1 proxy.go:12] value (${value}) is not valid`,
  (value) => `java.lang.IllegalStateException: cannot use ${value}\n\tat com.acme.Gateway.call(Gateway.java:71)`,
];

function headed(text: string, random: SeededRandom): string {
  const header = random.pick([
    '',
    '2026-11-21 02:51:19,120 INFO  [main] com.acme.Orders: ',
    'Nov 21 02:51:19 web01 app[77]: ',
  ]);
  return text.startsWith('{') ? text : header + text;
}

/** Writes a value so that it survives unread: percent-encoded, base64-encoded, escaped, with other digits or broken lines. */
const disguises: Readonly<Record<string, (random: SeededRandom) => readonly [text: string, value: string]>> = {
  'percent-encoded': (random) => {
    const value = encodeURIComponent(`p@ss/${random.hex(8)}`);
    return [`GET /login?next=%2Fhome%3Fuser%3Dbob%26password%3D${value} 302`, value];
  },
  'percent-encoded-email': (random) => {
    const value = `bob${random.hex(4)}%40shop.example`;
    return [`GET /reset?mail=${value}&x=1 200`, value];
  },
  'base64-json': (random) => {
    const value = base64Of(`{"user":"bob","password":"${random.hex(10)}"}`, random.isChance(0.5));
    return [`received payload ${value} from queue`, value];
  },
  'base64-token': (random) => {
    const value = base64Of(`token is ${credentialKinds['github-token']?.(random) ?? ''} .`);
    return [`{"msg":"event","data":"${value}"}`, value];
  },
  'unicode-escaped': (random) => {
    const value = `bob${random.hex(4)}\\u0040shop.example`;
    return [`{"msg":"mail to ${value} failed"}`, value];
  },
  'full-width-digits': (random) => {
    const value = [...`${personalKinds['card']?.(random) ?? ''}`.replace(/\D/g, '')]
      .map((digit) => String.fromCharCode(0xff10 + Number(digit)))
      .join('');
    return [`payment with ${value} declined`, value];
  },
  'broken-over-lines': (random) => {
    const token = credentialKinds['github-token']?.(random) ?? '';
    return [`token was\n${token.slice(0, 20)}\n${token.slice(20)}\nend`, token.slice(20)];
  },
  'html-escaped': (random) => {
    const value = random.hex(12);
    return [`<input value="{&quot;password&quot;:&quot;${value}&quot;}"/>`, value];
  },
};

type Maker = (random: SeededRandom) => Omit<PrivateLine, 'kind'>;

/** A maker of lines for each kind of secret and personal data. */
export const privateLineKinds: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ...Object.entries({ ...credentialKinds, ...personalKinds }).map(([kind, make]): [string, Maker] => [
    kind,
    (random) => {
      const value = make(random);
      return { text: random.pick(carriers)(value, random), value };
    },
  ]),
  ...Object.entries(keyedKinds).map(([kind, make]): [string, Maker] => [
    kind,
    (random) => {
      const [before, value, after] = make(random);
      return { text: headed(before + value + after, random), value };
    },
  ]),
  ...Object.entries(disguises).map(([kind, make]): [string, Maker] => [
    kind,
    (random) => {
      const [text, value] = make(random);
      return { text: headed(text, random), value };
    },
  ]),
]);

/** Lines of all kinds in turn, each with one private value. */
export function createPrivateLines(count: number, random: SeededRandom): readonly PrivateLine[] {
  const kinds = [...privateLineKinds];
  return Array.from({ length: count }, (_, index) => {
    const [kind, make] = kinds[index % kinds.length] ?? ['', () => ({ text: '', value: '' })];
    return { kind, ...make(random) };
  });
}

/** Tells whether anything private of a line is left: its value, or of one over several lines any of its lines. */
export function isLeft(line: PrivateLine, redacted: string): boolean {
  return line.value.split(/\n|\\n/).some((piece) => redacted.includes(piece));
}
