import { expect, test } from 'vitest';
import { openLogStore } from './composition.ts';
import { parseConfig } from './config.ts';

test('sources that name nobody are the configured tenant’s, as are those that name it; others have theirs alone', async () => {
  const [own, other] = [crypto.randomUUID(), crypto.randomUUID()];
  const config = parseConfig({
    LOGHUNTER_LOKI_URL: 'http://loki:3100',
    LOGHUNTER_LOKI_SOURCES: JSON.stringify([
      { name: 'eu', url: 'http://loki-eu:3100' },
      { name: 'us', url: 'http://loki-us:3100', tenantId: own },
      { name: 'asia', url: 'http://loki-asia:3100', tenantId: other },
    ]),
  });
  const { openSources, close } = await openLogStore(config);
  const namesOf = (tenantId: string, isConfigured: boolean) => [
    ...(openSources?.(tenantId, isConfigured).keys() ?? []),
  ];
  expect(namesOf(own, true)).toEqual(['eu', 'us']);
  expect(namesOf(other, false)).toEqual(['asia']);
  await close();
});
