/** A stretch of a template: constant text, or the place of a variable with its type, such as `number` or `ip`. */
export type TemplatePart =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'variable'; readonly type: string };
