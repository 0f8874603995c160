export { analyzeLine } from './analyze-line.ts';
export type { LineAnalysis, PeeledFields } from './analyze-line.ts';
export type { LineSpan } from './line-span.ts';
export { lineFiltersOf } from './line-filters.ts';
export { renderTemplate } from './render-template.ts';
export type { TemplatePart } from './template-part.ts';
export { templatesVersion } from './version.ts';
