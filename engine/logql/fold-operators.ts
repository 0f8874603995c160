/**
 * Joins operands (one more than operators) into a tree. Operators are taken from left to right; `bindsFirst(earlier, later)` says
 * whether the earlier one is joined before the later one comes. Linear time, no recursion: a chain may have thousands of parts.
 */
export function foldOperators<Operand, Operator>(
  operands: readonly Operand[],
  operators: readonly Operator[],
  bindsFirst: (earlier: Operator, later: Operator) => boolean,
  join: (operator: Operator, left: Operand, right: Operand) => Operand
): Operand | null {
  const [first, ...rest] = operands;
  if (first === undefined) {
    return null;
  }
  const joined: Operand[] = [first];
  const waiting: Operator[] = [];
  function joinLast(operator: Operator): void {
    const right = joined.pop();
    const left = joined.pop();
    if (left !== undefined && right !== undefined) {
      joined.push(join(operator, left, right));
    }
  }
  for (const [index, operand] of rest.entries()) {
    const operator = operators[index];
    if (operator === undefined) {
      return null;
    }
    for (let top = waiting.at(-1); top !== undefined && bindsFirst(top, operator); top = waiting.at(-1)) {
      waiting.pop();
      joinLast(top);
    }
    waiting.push(operator);
    joined.push(operand);
  }
  for (const operator of waiting.toReversed()) {
    joinLast(operator);
  }
  return joined[0] ?? null;
}
