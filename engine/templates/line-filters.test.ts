import { describe, expect, it } from 'vitest';
import { analyzeLine } from './analyze-line.ts';
import { lineFiltersOf } from './line-filters.ts';

function filtersOf(line: string): readonly string[] {
  return lineFiltersOf(analyzeLine(line).parts);
}

describe('line filters', () => {
  it('gives constant words, longest first', () => {
    expect(filtersOf('Failed password for 10.0.0.1 port 77')).toEqual(['password', 'Failed', 'port', 'for']);
  });

  it('leaves out words inside longer ones', () => {
    expect(filtersOf('restart of the restarter failed')).toEqual(['restarter', 'failed', 'the']);
  });

  it('leaves out what JSON may escape', () => {
    const line = JSON.stringify({ level: 'info', msg: 'said "hello" to café & <b>bold</b>', n: 1 });
    const filters = filtersOf(line);
    expect(filters).toContain('hello');
    expect(filters.join(' ')).not.toMatch(/["é&<>\\]/);
    expect(filters.every((filter) => line.includes(filter))).toBe(true);
  });

  it('does not depend on blanks between tokens', () => {
    const tight = analyzeLine('open(file) done');
    const loose = analyzeLine('open (file)  done');
    expect(loose.signature).toBe(tight.signature);
    expect(lineFiltersOf(tight.parts)).toEqual(['done', 'file', 'open']);
  });

  it('does not use digits of field names', () => {
    expect(filtersOf('{"worker7":1,"queue12":2}')).toEqual(['worker', 'queue']);
  });

  it('is empty for a template without constants', () => {
    expect(filtersOf('17 18 19')).toEqual([]);
  });
});
