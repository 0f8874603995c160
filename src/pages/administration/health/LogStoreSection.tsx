import { Button } from '@grafana/ui';
import type { CheckLogStoreResponse } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../../api/server-client';
import { useRequest } from '../../../api/use-request';
import { t } from '../../../translations';
import { Section } from '../../../ui/Section';
import { Loaded } from '../Loaded';
import { CheckList } from './CheckList';

/** "Is my Loki ready?": what it has of what LogHunter wants, and what to set where it has not. */
export function LogStoreSection() {
  const request = useRequest('log store', (signal) => serverClient().checkLogStore({}, signal));
  return (
    <Section
      title={t('administration.log-store.title', 'Is my Loki ready?')}
      actions={
        <Button size="sm" variant="secondary" icon="sync" disabled={request.isLoading} onClick={request.reload}>
          {t('administration.health.check', 'Check again')}
        </Button>
      }
    >
      <Loaded request={request}>
        {(answer) => (
          <CheckList
            label={storeTitle(answer)}
            items={answer.checks.map(({ name, status, detail }) => ({
              id: name,
              title: checkTitle(name),
              status,
              detail,
            }))}
          />
        )}
      </Loaded>
    </Section>
  );
}

function storeTitle({ kind, version }: CheckLogStoreResponse): string {
  return kind === 'embedded' ? t('administration.log-store.embedded', 'Embedded log store') : `Loki ${version ?? ''}`;
}

function checkTitle(name: CheckLogStoreResponse['checks'][number]['name']): string {
  const titles: Readonly<Record<typeof name, string>> = {
    connection: t('administration.log-store.connection', 'Connection'),
    'service-labels': t('administration.log-store.service-labels', 'Labels of services'),
    volume: t('administration.log-store.volume', 'Volume'),
    'structured-metadata': t('administration.log-store.metadata', 'Structured metadata'),
    'page-size': t('administration.log-store.page-size', 'Lines at once'),
    'query-length': t('administration.log-store.query-length', 'Length of queries'),
    retention: t('administration.log-store.retention', 'Retention'),
    patterns: t('administration.log-store.patterns', 'Patterns'),
  };
  return titles[name];
}
