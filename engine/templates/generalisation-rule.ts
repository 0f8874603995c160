/**
 * What was learned, as a plain object that can be stored and replicated. With the same rules every line gets the same
 * canonical signature, whatever order lines and rules come in.
 *
 * - `open`: a signature that becomes `pattern` when one of its slots (a token, a bracket's body, the value after `=` ...)
 *   is replaced by `<?>` is that pattern.
 * - `open-pair`: the same with two words replaced at once.
 * - `open-set`: of a signature that becomes `pattern` when all its likely slots are replaced, those numbered in `slots` are
 *   variables.
 * - `alias`: two patterns are one cluster; `to` is its canonical signature.
 */
export type GeneralisationRule =
  | { readonly kind: 'open'; readonly context: string; readonly pattern: string }
  | { readonly kind: 'open-pair'; readonly context: string; readonly pattern: string }
  | { readonly kind: 'open-set'; readonly context: string; readonly pattern: string; readonly slots: readonly number[] }
  | { readonly kind: 'alias'; readonly from: string; readonly to: string };
