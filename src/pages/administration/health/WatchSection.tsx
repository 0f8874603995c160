import type { BadgeColor } from '@grafana/ui';
import type { Watch } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../../api/server-client';
import { useRequest } from '../../../api/use-request';
import { t } from '../../../translations';
import { Section } from '../../../ui/Section';
import { StatusBadge } from '../../../ui/StatusBadge';
import { AdministrationMoment } from '../AdministrationMoment';
import { DataTable, type TableColumn } from '../DataTable';
import { Loaded } from '../Loaded';

/** Selectors on a screen; a discovered watch may have hundreds. */
const shownSelectorCount = 8;

const phaseColors: Readonly<Record<NonNullable<Watch['phase']>, BadgeColor>> = {
  starting: 'blue',
  'catching-up': 'orange',
  live: 'green',
  failing: 'red',
  elsewhere: 'darkgrey',
};

/** What is read of the log store, and how far. Read only: watches come from the configuration, or are found by labels. */
export function WatchSection() {
  const request = useRequest('watches', (signal) => serverClient().listWatches({}, signal));
  const columns: ReadonlyArray<TableColumn<Watch>> = [
    { id: 'name', title: t('administration.watches.name', 'Watch'), cell: ({ name }) => name },
    {
      id: 'selectors',
      title: t('administration.watches.selectors', 'Reads'),
      isWide: true,
      cell: ({ selectors }) => <Selectors selectors={selectors} />,
    },
    {
      id: 'origin',
      title: t('administration.watches.origin', 'From'),
      cell: ({ origin }) =>
        origin === 'discovery'
          ? t('administration.watches.discovery', 'labels that Loki has')
          : t('administration.watches.configuration', 'LOGHUNTER_WATCHES'),
    },
    {
      id: 'phase',
      title: t('administration.watches.phase', 'State'),
      cell: ({ phase, failure }) =>
        phase === null ? (
          t('administration.watches.not-here', 'not read by this process')
        ) : (
          <StatusBadge
            color={phaseColors[phase]}
            text={phaseWord(phase)}
            {...(failure === '' ? {} : { tooltip: failure })}
          />
        ),
    },
    {
      id: 'from',
      title: t('administration.watches.from', 'Read from'),
      cell: ({ readFrom }) => (
        <AdministrationMoment at={readFrom} whenNull={t('administration.watches.never', 'never')} />
      ),
    },
    {
      id: 'up-to',
      title: t('administration.watches.up-to', 'Read up to'),
      cell: ({ readUpTo }) => (
        <AdministrationMoment at={readUpTo} whenNull={t('administration.watches.never', 'never')} />
      ),
    },
  ];
  return (
    <Section title={t('administration.watches.title', 'What is read')}>
      <Loaded request={request}>
        {({ watches }) => (
          <DataTable
            label={t('administration.watches.title', 'What is read')}
            columns={columns}
            rows={watches}
            rowKey={({ name }) => name}
            whenEmpty={t('administration.watches.empty', 'Nothing is read yet.')}
          />
        )}
      </Loaded>
    </Section>
  );
}

function phaseWord(phase: NonNullable<Watch['phase']>): string {
  const words: Readonly<Record<typeof phase, string>> = {
    starting: t('administration.watches.starting', 'starting'),
    'catching-up': t('administration.watches.catching-up', 'catching up'),
    live: t('administration.watches.live', 'live'),
    failing: t('administration.watches.failing', 'failing'),
    elsewhere: t('administration.watches.elsewhere', 'read by another process'),
  };
  return words[phase];
}

function Selectors({ selectors }: { selectors: readonly string[] }) {
  const rest = selectors.length - shownSelectorCount;
  return (
    <>
      {selectors.slice(0, shownSelectorCount).map((selector) => (
        <div key={selector}>
          <code>{selector}</code>
        </div>
      ))}
      {rest > 0 &&
        t('administration.watches.more', 'and {{count}} more', { count: rest, defaultValue_one: 'and {{count}} more' })}
    </>
  );
}
