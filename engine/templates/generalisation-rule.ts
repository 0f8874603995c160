/**
 * What was learned, as a plain object that can be stored and replicated. With the same rules every line gets the same
 * canonical signature, whatever order lines and rules come in.
 *
 * - `open`: a signature that becomes `pattern` when one of its slots (a token, a bracket's body, the value after `=` ...)
 *   is replaced by `<?>` is that pattern.
 * - `open-pair`: the same with two words replaced at once.
 * - `alias`: two patterns are one cluster; `to` is its canonical signature.
 */
export type GeneralisationRule =
  | { readonly kind: 'open'; readonly context: string; readonly pattern: string }
  | { readonly kind: 'open-pair'; readonly context: string; readonly pattern: string }
  | { readonly kind: 'alias'; readonly from: string; readonly to: string };
