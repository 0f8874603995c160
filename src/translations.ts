import { t as translate } from '@grafana/i18n';

/**
 * The text of a key in the reader's language; `text` is the English one, which lives in the code and nowhere else.
 * Plurals: `t('list.count', '{{count}} lines', { count, defaultValue_one: '{{count}} line' })`.
 * React escapes what it draws: escaping here too would show `&lt;` to people.
 */
export function t(key: string, text: string, values: Readonly<Record<string, unknown>> = {}): string {
  return translate(key, text, { interpolation: { escapeValue: false }, ...values });
}
