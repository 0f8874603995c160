import type { Level } from '@loghunter/engine/severity';
import { articleNumber, searchWords } from './customers.ts';
import type { Moment, Visit } from './moment.ts';
import { plainTime } from './time-text.ts';

/** Head of a line of Python's logging module. */
function head(atMs: number, level: string, logger: string): string {
  return `${plainTime(atMs, ',')} ${level.padEnd(7)} [${logger}] `;
}

function write(visit: Visit, level: Level, ...lines: readonly string[]): void {
  visit.moment.write('catalog', visit.userId % 2, visit.atMs, level, ...lines);
}

/** An article is read. */
export function readArticle(visit: Visit): void {
  const { random } = visit.moment;
  const tookMs = random.latencyMs(14);
  visit.atMs += tookMs;
  const article = articleNumber(random);
  write(visit, 'info', `${head(visit.atMs, 'INFO', 'catalog.api')}GET /articles/${article} 200 ${tookMs}ms`);
  if (random.chance(0.012)) {
    logMissingPrice(visit, article);
  }
}

/** A search over the catalogue. */
export function searchArticles(visit: Visit): void {
  const { random } = visit.moment;
  const tookMs = random.latencyMs(85);
  visit.atMs += tookMs;
  const hitCount = random.chance(0.06) ? 0 : random.integer(1, 480);
  write(
    visit,
    'info',
    `${head(visit.atMs, 'INFO', 'catalog.search')}search for '${searchWords(random)}' found ${hitCount} articles in ${tookMs}ms`
  );
  if (tookMs > 190) {
    write(
      visit,
      'warn',
      `${head(visit.atMs, 'WARNING', 'catalog.search')}slow query: ${tookMs}ms, index segment ${random.integer(1, 24)} not in page cache`
    );
  }
}

// An old, rare fault: a few articles were imported without a price in every currency.
function logMissingPrice(visit: Visit, article: number): void {
  const currency = visit.moment.random.pick(['SEK', 'PLN', 'CZK']);
  write(
    visit,
    'error',
    `${head(visit.atMs, 'ERROR', 'catalog.pricing')}cannot price article ${article} in ${currency}`,
    'Traceback (most recent call last):',
    '  File "/srv/catalog/pricing/price_list.py", line 112, in price_for',
    '    return self._prices[article_id][currency]',
    '           ~~~~~~~~~~~~~~~~~~~~~~~~^^^^^^^^^^',
    `KeyError: '${currency}'`,
    '',
    'The above exception was the direct cause of the following exception:',
    '',
    'Traceback (most recent call last):',
    '  File "/srv/catalog/api/articles.py", line 58, in get_article',
    '    price = self.price_list.price_for(article.id, currency)',
    '  File "/srv/catalog/pricing/price_list.py", line 115, in price_for',
    '    raise PriceMissing(article_id, currency) from error',
    `catalog.pricing.errors.PriceMissing: no price for article ${article} in ${currency}`
  );
}

/** The nightly and hourly jobs of the catalogue. */
export function refreshIndex(moment: Moment): void {
  const { random } = moment;
  const articles = random.integer(12, 240);
  moment.write(
    'catalog',
    0,
    moment.nowMs,
    'info',
    `${head(moment.nowMs, 'INFO', 'catalog.index')}index refresh started, ${articles} changed articles`
  );
  const endMs = moment.nowMs + random.integer(3000, 14_000);
  moment.write(
    'catalog',
    0,
    endMs,
    'info',
    `${head(endMs, 'INFO', 'catalog.index')}index refresh finished in ${((endMs - moment.nowMs) / 1000).toFixed(2)}s, generation ${Math.floor(moment.nowMs / 600_000)}`
  );
}
