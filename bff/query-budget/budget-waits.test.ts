import { expect, test } from 'vitest';
import { BudgetWaits } from './budget-waits.ts';
import { LokiCondition } from './loki-condition.ts';

test('a wait that turns out to be for bytes of other replicas is one for the budget, and remembered as such', () => {
  const waits = new BudgetWaits();
  const condition = new LokiCondition();
  const wait = waits.begin(0, false);
  expect(waits.heldBackBy(condition, 5000)).toBeNull();
  wait.noteOverBudget();
  expect(waits.heldBackBy(condition, 5000)).toBe('budget');
  wait.end(6000);
  expect(waits.heldBackBy(condition, 30_000)).toBe('budget');
  expect(waits.heldBackBy(condition, 90_000)).toBeNull();
});
