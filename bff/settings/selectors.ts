import { parseQuery } from '@loghunter/engine/logql';

/** Why a text is no plain stream selector; empty when it is one. */
export function parseSelector(text: string): readonly string[] {
  const parsed = parseQuery(text);
  if (parsed.kind !== 'query') {
    return [`holds no valid selector: ${text}`];
  }
  return parsed.query.kind === 'log' && parsed.query.stages.length === 0
    ? []
    : [`must hold selectors without filters: ${text}`];
}
