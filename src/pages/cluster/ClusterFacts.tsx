import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Cluster, GetClusterResponse, ListClusterQueriesResponse, Sample } from '@loghunter/contracts';
import React, { type ReactNode } from 'react';
import { clusterHref, withDataSource } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { Moment } from '../../ui/Moment';
import { exactCount, percent } from '../../ui/number-format';
import { Section } from '../../ui/Section';
import { useNowMs } from '../../ui/use-now';
import { stateWord } from '../../work-list/state-words';
import { FigureLogql } from './FigureLogql';

type Figure = keyof NonNullable<ListClusterQueriesResponse['figures']>;

export function ClusterFacts({ answer, timeZone }: { answer: GetClusterResponse; timeZone: string }) {
  const { cluster, samples } = answer;
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  return (
    <Section title={t('cluster.facts.title', 'Facts')} testId={testIds.cluster.facts}>
      <dl className={styles.facts}>
        <Fact name={t('cluster.facts.service', 'Service')}>
          {cluster.service || <em>{t('cluster.facts.none', 'none')}</em>}
        </Fact>
        <Fact name={t('cluster.facts.namespace', 'Namespace')}>
          {cluster.namespace || <em>{t('cluster.facts.none', 'none')}</em>}
        </Fact>
        <Fact name={t('cluster.facts.state', 'State')}>
          {t('cluster.facts.since', '{{state}}, since', { state: stateWord(cluster.work.state) })}{' '}
          <Moment at={cluster.work.since} timeZone={timeZone} nowMs={nowMs} />
        </Fact>
        <Fact name={t('cluster.facts.events', 'Events in range')} figure="lines">
          {exactCount(cluster.eventCount)}
        </Fact>
        <Fact name={t('cluster.facts.lines', 'Lines in range')} figure="lines">
          {exactCount(cluster.lineCount)}
        </Fact>
        <Fact name={t('cluster.facts.share', 'Share of all events')} figure="share">
          {percent(cluster.share)}
        </Fact>
        <Fact
          name={t('cluster.facts.first', 'First seen')}
          figure="firstSeen"
          below={<EdgeLine cluster={cluster} sample={samples[0]} at={cluster.firstSeen} timeZone={timeZone} />}
        >
          <Moment at={cluster.firstSeen} timeZone={timeZone} nowMs={nowMs} />
        </Fact>
        <Fact
          name={t('cluster.facts.last', 'Last seen')}
          figure="lastSeen"
          below={<EdgeLine cluster={cluster} sample={samples.at(-1)} at={cluster.lastSeen} timeZone={timeZone} />}
        >
          <Moment at={cluster.lastSeen} timeZone={timeZone} nowMs={nowMs} />
        </Fact>
      </dl>
    </Section>
  );
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
  /** The number has a LogQL query of its own. */
  readonly figure?: Figure;
  /** As wide as name and value together. */
  readonly below?: ReactNode;
}

function Fact({ name, children, figure, below }: FactProps) {
  const styles = useStyles2(getStyles);
  return (
    <div>
      <dt>{name}</dt>
      <dd className={styles.value}>
        <div>{children}</div>
        {figure && <FigureLogql name={name} pick={({ figures }) => figures?.[figure]} />}
      </dd>
      {below !== undefined && <dd className={styles.below}>{below}</dd>}
    </div>
  );
}

/** Minutes around a line that its link shows. */
const shownMs = 300_000;

interface EdgeLineProps {
  readonly cluster: Cluster;
  /** Nothing is kept of a cluster whose samples were deleted. */
  readonly sample: Sample | undefined;
  readonly at: string;
  readonly timeZone: string;
}

/** The first or the last line that is kept, secrets removed, with a link to the lines around it. */
function EdgeLine({ cluster, sample, at, timeZone }: EdgeLineProps) {
  const styles = useStyles2(getStyles);
  const atMs = Date.parse(at);
  const range = withDataSource({ from: String(atMs - shownMs), to: String(atMs + shownMs) });
  const [line = ''] = sample?.text.split('\n') ?? [];
  return (
    <a className={styles.line} href={clusterHref(cluster.id, `?${range.toString()}`)} title={sample?.text}>
      <time dateTime={at}>{dateTimeFormat(at, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' })}</time>{' '}
      {line !== '' && <span>{line}</span>}
    </a>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    value: css({
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(0.75),
      minWidth: 0,
      '& > div': { minWidth: 0 },
    }),
    below: css({ gridColumn: '1 / -1' }),
    line: css({
      display: 'block',
      color: theme.colors.text.link,
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      '& > span': {
        display: '-webkit-box',
        WebkitBoxOrient: 'vertical',
        WebkitLineClamp: 2,
        overflow: 'hidden',
        color: theme.colors.text.secondary,
      },
      '&:hover': { textDecoration: 'underline' },
    }),
    facts: css({
      display: 'grid',
      gap: theme.spacing(0.75, 3),
      margin: 0,
      fontSize: theme.typography.bodySmall.fontSize,
      '& > div': { display: 'grid', gridTemplateColumns: '124px minmax(0, 1fr)' },
      '@container (max-width: 1000px)': {
        gridTemplateColumns: 'repeat(auto-fill, minmax(180px, 1fr))',
        alignItems: 'start',
        '& > div': { gridTemplateColumns: 'minmax(0, 1fr)' },
      },
      '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
      '& dd': { margin: 0, overflowWrap: 'anywhere', fontVariantNumeric: 'tabular-nums' },
    }),
  };
}
