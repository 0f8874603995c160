export { extractVariables } from './extract-variables.ts';
export { variablePlacesOf } from './personal-places.ts';
export type { VariablePlace } from './personal-places.ts';
export type { MeasureUnit } from './measured-value.ts';
export { createVariableSketch, merge, restoreVariableSketch, summarize } from './variable-sketch.ts';
export type {
  FrequentValue,
  NumberSummary,
  VariableSketch,
  VariableSketchOptions,
  VariableSketchState,
  VariableSummary,
} from './variable-sketch.ts';
