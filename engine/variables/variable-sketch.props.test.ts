import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createVariableSketch, merge, restoreVariableSketch, summarize } from './index.ts';
import type { VariableSketch, VariableSketchState } from './index.ts';

const value = fc.oneof(
  fc.integer().map(String),
  fc.integer({ min: 0, max: 30 }).map((number) => `${number}ms`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('ann@example.com', 'ok', '')
);
const type = fc.constantFrom('number', 'quantity', 'value', 'ip', 'id');
const sketch = fc.tuple(type, fc.boolean(), fc.array(value, { maxLength: 150 })).map(([name, isPersonal, values]) => {
  const made = createVariableSketch(name, { isPersonal, pseudonymOf: (text) => `p${text.length}` });
  values.forEach((text) => {
    made.add(text);
  });
  return made;
});

/** What merging keeps exactly, whatever the order. */
function exactPartOf(merged: VariableSketch): Omit<VariableSketchState, 'top' | 'missedCount'> {
  const { top: _top, missedCount: _missedCount, ...exact } = merged.toJSON();
  return exact;
}

/** Checks that the bounds of a value's count in two orders of merging agree. */
function expectSameTruth(one: VariableSketch, other: VariableSketch): void {
  const { topValues } = summarize(other);
  const missedCount = other.toJSON().missedCount;
  for (const { value: text, isPseudonym, count, maxCount } of summarize(one).topValues) {
    const same = topValues.find((top) => top.value === text && top.isPseudonym === isPseudonym);
    expect(same?.count ?? 0).toBeLessThanOrEqual(maxCount);
    expect(same?.maxCount ?? missedCount).toBeGreaterThanOrEqual(count);
  }
}

test('merging is commutative', () => {
  fc.assert(
    fc.property(sketch, sketch, (a, b) => {
      expect(merge(a, b).toJSON()).toEqual(merge(b, a).toJSON());
    }),
    { numRuns: 200 }
  );
});

test('merging is associative within the stated bounds', () => {
  fc.assert(
    fc.property(sketch, sketch, sketch, (a, b, c) => {
      const left = merge(merge(a, b), c);
      const right = merge(a, merge(b, c));
      expect(exactPartOf(left)).toEqual(exactPartOf(right));
      expectSameTruth(left, right);
    }),
    { numRuns: 200 }
  );
});

test('merging parts equals adding everything to one', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 400 }), fc.nat({ max: 400 }), (values, at) => {
      const [whole, first, second] = [values, values.slice(0, at), values.slice(at)].map((part) => {
        const made = createVariableSketch('value');
        part.forEach((text) => {
          made.add(text);
        });
        return made;
      }) as [VariableSketch, VariableSketch, VariableSketch];
      const merged = merge(first, second);
      expect(exactPartOf(merged)).toEqual(exactPartOf(whole));
      expectSameTruth(merged, whole);
    }),
    { numRuns: 200 }
  );
});

test('a sketch survives being stored', () => {
  fc.assert(
    fc.property(sketch, (made) => {
      const stored: VariableSketchState = JSON.parse(JSON.stringify(made));
      expect(restoreVariableSketch(stored)?.toJSON()).toEqual(made.toJSON());
    }),
    { numRuns: 200 }
  );
});

test('the counts of listed values do not exceed the values that were added', () => {
  fc.assert(
    fc.property(sketch, sketch, (a, b) => {
      const { topValues, valueCount, distinctEstimate } = summarize(merge(a, b));
      expect(topValues.reduce((sum, top) => sum + top.count, 0)).toBeLessThanOrEqual(valueCount);
      expect(distinctEstimate).toBeLessThanOrEqual(valueCount);
    }),
    { numRuns: 200 }
  );
});
