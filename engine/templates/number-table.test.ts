import { describe, expect, it } from 'vitest';
import { NumberTable } from './number-table.ts';

function put(table: NumberTable, key: number, value: number): void {
  table.setValue(table.add(key), 0, value);
}

describe('table of numbers', () => {
  it('finds what was added, however large keys are and however often it grows', () => {
    const table = new NumberTable(20_000, 1);
    for (let index = 1; index <= 5000; index++) {
      put(table, index * 1_000_003_007, index);
    }
    for (let index = 1; index <= 5000; index++) {
      expect(table.value(table.find(index * 1_000_003_007), 0)).toBe(index);
    }
    expect(table.find(42)).toBe(-1);
  });

  it('keeps what is used and forgets what is not', () => {
    const table = new NumberTable(100, 1);
    put(table, 7, 77);
    for (let index = 1000; index < 3000; index++) {
      put(table, index, index);
      const row = table.find(7);
      expect(row).toBeGreaterThanOrEqual(0);
      expect(table.value(row, 0)).toBe(77);
    }
    expect(table.find(1000)).toBe(-1);
    expect(table.value(table.find(2999), 0)).toBe(2999);
  });
});
