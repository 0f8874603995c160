/** Names of the variable types, in the order of their codes; code 0 is constant text. */
const names = [
  '',
  'number',
  'id',
  'ip',
  'time',
  'url',
  'path',
  'email',
  'uuid',
  'hex',
  'host',
  'quantity',
  'null',
  'quoted',
  'value',
  'rest',
  'any',
  'object',
] as const;

/** Name of a variable's type as it is shown. */
export type VariableType = Exclude<(typeof names)[number], ''>;

/** Codes of the variable types in a token buffer; 0 means constant. */
export const variableCode = Object.freeze({
  number: 1,
  id: 2,
  ip: 3,
  time: 4,
  url: 5,
  path: 6,
  email: 7,
  uuid: 8,
  hex: 9,
  host: 10,
  quantity: 11,
  null: 12,
  quoted: 13,
  value: 14,
  rest: 15,
  any: 16,
  object: 17,
} satisfies Record<VariableType, number>);

/** Name of a type by its code; `any` for a code that does not exist. */
export function variableTypeOf(typeCode: number): string {
  return names[typeCode] ?? 'any';
}

/** Type of two neighbouring variables that became one. */
export function foldedType(first: number, second: number): number {
  if (first === second) {
    return first === variableCode.number ? variableCode.number : first;
  }
  if (first === variableCode.ip || first === variableCode.host || first === variableCode.time) {
    return first;
  }
  if (second === variableCode.rest) {
    return variableCode.rest;
  }
  return variableCode.id;
}
