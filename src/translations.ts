import { t as translate } from '@grafana/i18n';

/**
 * The text of a key in the reader's language; `text` is the English one, which lives in the code and nowhere else.
 * Plurals: `t('list.count', '{{count}} lines', { count, defaultValue_one: '{{count}} line' })`.
 * React escapes what it draws: escaping here too would show `&lt;` to people.
 */
export function t(key: string, text: string, values?: Readonly<Record<string, unknown>>): string {
  if (values !== undefined) {
    return translate(key, text, { interpolation: { escapeValue: false }, ...values });
  }
  const known = plainTexts.get(key);
  if (known !== undefined) {
    return known;
  }
  const translated = translate(key, text);
  plainTexts.set(key, translated);
  return translated;
}

/**
 * Texts without values, looked up once: a list asks for the same few hundreds of times in one turn of the wheel, and looking up was a fifth
 * of the time of drawing it. Grafana loads the page anew for another language.
 */
const plainTexts = new Map<string, string>();
