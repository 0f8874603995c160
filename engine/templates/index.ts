export type { TemplatePart } from './template-part.ts';
