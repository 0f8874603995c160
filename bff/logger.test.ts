import { PortError } from '@loghunter/ports';
import { describe, expect, test } from 'vitest';
import { createPrivateLines, isLeft } from '../engine/testing/private-lines.ts';
import { createSeededRandom } from '../engine/testing/seeded-random.ts';
import { parseConfig } from './config.ts';
import { createLogger } from './logger.ts';

const settings = {
  LOGHUNTER_DATABASE_URL: 'postgres://app:correct%20horse@db.internal/loghunter',
  LOGHUNTER_REDIS_URL: 'redis://:battery@cache.internal:6379',
  LOGHUNTER_LOKI_URL: 'http://loki.internal:3100',
  LOGHUNTER_LOKI_TOKEN: 'staple',
  LOGHUNTER_GRAFANA_SECRET: 'shared-secret-of-grafana',
  LOGHUNTER_GRAFANA_SECRET_PREVIOUS: 'older-secret-of-grafana',
};
const secretTexts = [
  ...['correct horse', 'correct%20horse', 'battery', 'staple'],
  ...['shared-secret-of-grafana', 'older-secret-of-grafana'],
];

function collectLog(format: 'json' | 'text'): { readonly logger: ReturnType<typeof createLogger>; text(): string } {
  const lines: string[] = [];
  const config = parseConfig({ ...settings, LOGHUNTER_LOG_FORMAT: format });
  return { logger: createLogger(config, (line) => lines.push(line)), text: () => lines.join('') };
}

describe.each(['json', 'text'] as const)("the server's own log as %s", (format) => {
  test('holds no secret of the configuration, wherever it stands', () => {
    const { logger, text } = collectLog(format);
    for (const secret of secretTexts) {
      logger.warn({ reason: `refused ${secret}.`, nested: { list: [`x${secret}y`] } }, `with ${secret} in the message`);
      logger
        .child({ tenant: secret })
        .error({ err: new Error(`bad ${secret}`, { cause: new Error(secret) }) }, 'failed');
    }
    expect(text()).toContain('<secret>');
    expect(secretTexts.filter((secret) => text().includes(secret))).toEqual([]);
  });

  test('holds nothing private of lines, in whatever field', () => {
    // The time of a log line holds any three digits.
    const lines = createPrivateLines(500, createSeededRandom(3)).filter(({ value }) => value.length > 5);
    const left = lines.filter((line) => {
      const { logger, text } = collectLog(format);
      const failure = new PortError({ system: 'loki', kind: 'rejected', message: `Loki said: ${line.text}` });
      logger.error({ err: failure, reason: line.text, example: [line.text] }, line.text);
      return isLeft(line, text());
    });
    expect(left).toEqual([]);
  });

  test('tells where the server listens, and everything that is not private', () => {
    const { logger, text } = collectLog(format);
    logger.info({ url: 'http://127.0.0.1:8787', watch: 'all', count: 7, ok: true, none: null }, 'server started');
    expect(text()).toContain('http://127.0.0.1:8787');
    for (const kept of ['all', '7', 'true', 'null', 'server started']) {
      expect(text()).toContain(kept);
    }
  });
});
