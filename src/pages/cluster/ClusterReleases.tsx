import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ListClusterReleasesResponse, TimeRangeQuery } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { Moment } from '../../ui/Moment';
import { exactCount } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { useNowMs } from '../../ui/use-now';

interface ClusterReleasesProps {
  readonly clusterId: string;
  readonly range: Required<TimeRangeQuery>;
  readonly timeZone: string;
}

/** Which releases wrote the cluster's lines, and which were the first and the last ever to do so. */
export function ClusterReleases({ clusterId, range, timeZone }: ClusterReleasesProps) {
  const styles = useStyles2(getStyles);
  const request = { id: clusterId, ...range };
  const { answer, error, isLoading, reload } = useRequest(JSON.stringify(request), (signal) =>
    serverClient().listClusterReleases(request, signal)
  );
  return (
    <Section title={t('cluster.releases.title', 'Releases')} testId={testIds.cluster.releases}>
      {error && <ProblemNotice error={error} onRetry={reload} />}
      {answer === undefined && isLoading && (
        <p className={styles.note}>{t('cluster.releases.loading', 'Looking for releases …')}</p>
      )}
      {answer && <Releases answer={answer} timeZone={timeZone} />}
    </Section>
  );
}

function Releases({ answer, timeZone }: { answer: ListClusterReleasesResponse; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const { releases, firstReleases, lastReleases } = answer;
  const isNamed = releases.some(({ release }) => release !== '') || firstReleases.length + lastReleases.length > 0;
  if (!isNamed) {
    return (
      <p className={styles.note}>
        {t(
          'cluster.releases.none',
          'Its streams name no release. Labels such as release, version or service_version would.'
        )}
      </p>
    );
  }
  const list = (names: readonly string[]) => (names.length === 0 ? '–' : names.join(', '));
  return (
    <>
      <dl className={styles.ends}>
        <dt>{t('cluster.releases.first', 'First seen in')}</dt>
        <dd>{list(firstReleases)}</dd>
        <dt>{t('cluster.releases.last', 'Last seen in')}</dt>
        <dd>{list(lastReleases)}</dd>
      </dl>
      {releases.length > 0 && <ReleaseTable releases={releases} timeZone={timeZone} />}
    </>
  );
}

type Release = ListClusterReleasesResponse['releases'][number];

function ReleaseTable({ releases, timeZone }: { releases: readonly Release[]; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  return (
    <table className={styles.table} aria-label={t('cluster.releases.table', 'Releases in this time range')}>
      <thead>
        <tr>
          <th scope="col">{t('cluster.releases.release', 'In range')}</th>
          <th scope="col">{t('cluster.releases.firstLine', 'First')}</th>
          <th scope="col">{t('cluster.releases.lastLine', 'Last')}</th>
          <th scope="col">{t('cluster.releases.lines', 'Lines')}</th>
        </tr>
      </thead>
      <tbody>
        {releases.map((release) => (
          <tr key={release.release}>
            <td>{release.release || <em>{t('cluster.releases.unnamed', 'not named')}</em>}</td>
            <td>
              <Moment at={release.firstSeen} timeZone={timeZone} nowMs={nowMs} />
            </td>
            <td>
              <Moment at={release.lastSeen} timeZone={timeZone} nowMs={nowMs} />
            </td>
            <td>{exactCount(release.lineCount)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  const heading = { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular };
  return {
    note: css({ ...small, margin: 0, color: theme.colors.text.secondary }),
    ends: css({
      ...small,
      display: 'grid',
      gridTemplateColumns: '124px minmax(0, 1fr)',
      gap: theme.spacing(0.5, 0),
      margin: theme.spacing(0, 0, 1),
      '& dt': heading,
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    }),
    table: css({
      ...small,
      width: '100%',
      '& th': { ...heading, textAlign: 'left', paddingBottom: theme.spacing(0.25) },
      '& td': { paddingBlock: theme.spacing(0.25), paddingRight: theme.spacing(1), overflowWrap: 'anywhere' },
      '& th:last-child, & td:last-child': { textAlign: 'right', paddingRight: 0, fontVariantNumeric: 'tabular-nums' },
    }),
  };
}
