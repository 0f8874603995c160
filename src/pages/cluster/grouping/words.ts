import type { ExplainEventResponse, TemplatePart } from '@loghunter/contracts';

/** A constant word of a template that may be masked; `occurrence` counts equal words before it. */
export interface MaskableWord {
  readonly word: string;
  readonly occurrence: number;
}

/** Words of an event that its template keeps, in order; what is kept comes in stretches. Brackets and the like are no words. */
export function maskableWords(kept: ExplainEventResponse['kept']): readonly MaskableWord[] {
  const seen = new Map<string, number>();
  return kept
    .flatMap(({ text }) => text.split(/\s+/))
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '')
    .map((word) => {
      const occurrence = seen.get(word) ?? 0;
      seen.set(word, occurrence + 1);
      return { word, occurrence };
    });
}

/** A variable place of a template, with the constant text around it, by which people know it. */
export interface VariablePlace {
  readonly variable: number;
  readonly type: string;
  readonly before: string;
  readonly after: string;
}

const contextLength = 24;

/** The variable places of a template, in its order. */
export function variablePlaces(template: readonly TemplatePart[]): readonly VariablePlace[] {
  const places: VariablePlace[] = [];
  template.forEach((part, index) => {
    if (part.kind === 'variable') {
      places.push({
        variable: places.length,
        type: part.type,
        before: textOf(template[index - 1]).slice(-contextLength),
        after: textOf(template[index + 1]).slice(0, contextLength),
      });
    }
  });
  return places;
}

function textOf(part: TemplatePart | undefined): string {
  return part?.kind === 'text' ? part.text : '';
}
