import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLines, messages } from '../testing/log-lines.ts';
import { TokenScanner } from './scan-tokens.ts';
import { LineKeys } from './signature-key.ts';
import { signatureOf, tokensOf } from './template-tokens.ts';
import { analyzeLine, createClusterer, lineFiltersOf, renderTemplate } from './index.ts';

const runs = { numRuns: 500 };

function maskedSignature(text: string): string {
  return signatureOf(tokensOf(text, new TokenScanner().scan(text, 0, text.length, false)));
}

/** Groups as sets of line numbers, whatever their ids are called. */
function groupsOf(lines: readonly string[], ids: readonly number[]): string[] {
  const groups = new Map<number, string[]>();
  ids.forEach((id, index) => groups.set(id, [...(groups.get(id) ?? []), lines[index] ?? '']));
  return [...groups.values()].map((members) => [...new Set(members)].sort().join('\n')).sort();
}

describe('laws of line analysis', () => {
  it('tiles every line with spans', () => {
    fc.assert(
      fc.property(logLines, (line) => {
        let end = 0;
        for (const span of analyzeLine(line).spans) {
          expect(span.start).toBe(end);
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.type === '').toBe(span.kind === 'kept');
          end = span.end;
        }
        expect(end).toBe(line.length);
      }),
      runs
    );
  });

  it('leaves masked text masked', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const once = maskedSignature(message);
        expect(maskedSignature(once)).toBe(once);
      }),
      runs
    );
  });

  it('contains every line filter literally', () => {
    fc.assert(
      fc.property(logLines, (line) => {
        for (const filter of lineFiltersOf(analyzeLine(line).parts)) {
          expect(line).toContain(filter);
          expect(filter.length).toBeGreaterThanOrEqual(3);
        }
      }),
      runs
    );
  });

  it('keeps signature and filters when blanks change', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const wider = message.replaceAll(/(?<=\S) +(?=\S)/g, '   ');
        const before = analyzeLine(`x ${message}`);
        const after = analyzeLine(`x ${wider}`);
        fc.pre(before.signature === after.signature);
        for (const filter of lineFiltersOf(before.parts)) {
          expect(wider).toContain(filter === 'x' ? '' : filter);
        }
      }),
      runs
    );
  });

  it('finds the constants of a message in their order', () => {
    fc.assert(
      fc.property(messages, (message) => {
        const buffer = new TokenScanner().scan(message, 0, message.length, false);
        let from = 0;
        for (const token of tokensOf(message, buffer)) {
          const at = message.indexOf(token.text, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + token.text.length;
        }
      }),
      runs
    );
  });

  it('gives equal keys exactly to equal signatures', () => {
    fc.assert(
      fc.property(fc.array(logLines, { maxLength: 12 }), (lines) => {
        const keys = new Map<string, number>();
        const signatures = new Map<number, string>();
        for (const line of lines) {
          const key = new LineKeys().keyOf(line);
          const { signature } = analyzeLine(line);
          if (key >= 0) {
            expect(keys.get(signature) ?? key).toBe(key);
            expect(signatures.get(key) ?? signature).toBe(signature);
            keys.set(signature, key);
            signatures.set(key, signature);
          }
        }
      }),
      runs
    );
  });

  it('renders every template on one line', () => {
    fc.assert(
      fc.property(logLines, (line) => {
        expect(renderTemplate(analyzeLine(line).parts)).not.toMatch(/[\n\r]|\s$/);
      }),
      runs
    );
  });
});

/** Lines of a few statements whose slots vary, so that openings are learned. */
const statements = fc.array(
  fc.oneof(
    fc
      .tuple(fc.constantFrom('amy', 'bob', 'cid', 'dan', 'eve', 'fay', 'gil'), fc.nat(99))
      .map(([who, port]) => `Invalid user ${who} from port ${port}`),
    fc.constantFrom('ab', 'cd', 'ef', 'gh', 'ij', 'kl').map((name) => `queue ${name} is now drained`),
    fc
      .tuple(fc.constantFrom('north', 'south', 'east'), fc.constantFrom('full', 'empty'))
      .map((pair) => `store ${pair.join(' is ')} today`),
    messages
  ),
  { maxLength: 60 }
);

describe('laws of clustering', () => {
  it('groups the same way for any order once rules are given', () => {
    fc.assert(
      fc.property(
        statements.chain((lines) =>
          fc.tuple(fc.constant(lines), fc.shuffledSubarray(lines, { minLength: lines.length }))
        ),
        ([lines, shuffled]) => {
          const learner = createClusterer();
          lines.forEach((line) => learner.add(line));
          const rules = learner.rules();
          const first = createClusterer({ rules });
          const second = createClusterer({ rules: [...rules].reverse() });
          const names = new Map(lines.map((line) => [line, first.signatureOf(first.add(line))]));
          for (const line of shuffled) {
            expect(second.signatureOf(second.add(line))).toBe(names.get(line));
          }
        }
      ),
      { numRuns: 150 }
    );
  });

  it('groups with stored rules as it did while learning', () => {
    fc.assert(
      fc.property(statements, (lines) => {
        const learner = createClusterer();
        const learned = lines.map((line) => learner.add(line)).map((id) => learner.resolve(id));
        const replayer = createClusterer({ rules: learner.rules() });
        const replayed = lines.map((line) => replayer.add(line));
        expect(groupsOf(lines, replayed)).toEqual(groupsOf(lines, learned));
      }),
      { numRuns: 150 }
    );
  });

  it('makes of two halves, clustered apart with the same rules, what it makes of the whole', () => {
    fc.assert(
      fc.property(statements, fc.nat(60), (lines, middle) => {
        const learner = createClusterer();
        lines.forEach((line) => learner.add(line));
        const rules = learner.rules();
        const namesOf = (part: readonly string[]): string[] => {
          const clusterer = createClusterer({ rules });
          return part.map((line) => clusterer.signatureOf(clusterer.add(line)));
        };
        expect([...namesOf(lines.slice(0, middle)), ...namesOf(lines.slice(middle))]).toEqual(namesOf(lines));
      }),
      { numRuns: 150 }
    );
  });

  it('shows templates that every line of the cluster matches', () => {
    const writings: ReadonlyArray<(name: string, n: number) => string> = [
      (name, n) => `Invalid user ${name} from port ${n}`,
      (name, n) => `queue '${name}' [${name} ${n}] was drained in ${n} ms`,
      (name, n) => `copied table ${name} to shard ${name.length > 4 ? name : 'main'} of ${n} rows`,
      (name, n) => `job ${n % 3 === 0 ? n : name} has ended: ${name} is gone`,
    ];
    const names = fc.constantFrom('amy', 'bob', 'cid', 'dan', 'evelyn', 'fay', 'gilbert', 'hal', 'ida', 'joseph');
    const lineOf = fc
      .tuple(fc.constantFrom(...writings), names, fc.nat(5000))
      .map(([write, name, n]) => write(name, n));
    fc.assert(
      fc.property(fc.array(lineOf, { maxLength: 80 }), (lines) => {
        const clusterer = createClusterer();
        const ids = lines.map((line) => clusterer.add(line));
        lines.forEach((line, index) => {
          const pattern = clusterer
            .templateOf(clusterer.resolve(ids[index] ?? 0))
            .map((part) => (part.kind === 'text' ? part.text.replaceAll(/[^\w\s]/g, String.raw`\$&`) : '.*'))
            .join('');
          expect(line).toMatch(new RegExp(`^${pattern}$`));
        });
      }),
      { numRuns: 150 }
    );
  });
});
