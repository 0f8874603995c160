import { css } from '@emotion/css';
import { locationUtil, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { GetOverviewResponse, ListIncidentsResponse } from '@loghunter/contracts';
import React, { type ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { anomaliesPath } from '../../incident-paths';
import { clustersPath } from '../../plugin-paths';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { exactCount, percent, shortCount } from '../../ui/number-format';
import { stateWord } from '../../work-list/state-words';
import { OverviewLogql, type OverviewFigure } from './OverviewLogql';
import { changeText, errorRate } from './rates';

interface OverviewFiguresProps {
  readonly overview: GetOverviewResponse;
  readonly incidents: ListIncidentsResponse | undefined;
}

/** The figures that are looked at first, each a way to what is behind it. */
export function OverviewFigures({ overview, incidents }: OverviewFiguresProps) {
  const styles = useStyles2(getStyles);
  const { totals, totalsBefore, states } = overview;
  const { search } = useLocation();
  const rate = errorRate(totals);
  const change = (now: number, before: number) =>
    isBeforeRead(overview) ? changeText(now, before) : t('overview.change.unread', 'the time before has not been read');
  return (
    <div className={styles.figures} data-testid={testIds.overview.figures}>
      <Figure
        title={t('overview.figure.events', 'Events')}
        value={shortCount(totals.eventCount)}
        figure="events"
        href={hrefOf(clustersPath, search)}
      >
        {change(totals.eventCount, totalsBefore.eventCount)}
      </Figure>
      <Figure
        title={t('overview.figure.errorRate', 'Error rate')}
        value={percent(rate)}
        figure="errorRate"
        href={hrefOf(clustersPath, search, [
          ['level', 'fatal'],
          ['level', 'error'],
        ])}
      >
        {change(rate, errorRate(totalsBefore))}
      </Figure>
      <Figure
        title={t('overview.figure.incidents', 'Open incidents')}
        value={incidents === undefined ? '–' : exactCount(incidents.openCount)}
        href={hrefOf(anomaliesPath, search)}
      >
        {incidents === undefined
          ? t('overview.figure.unknown', 'could not be asked for')
          : t('overview.figure.ofAll', 'of {{count}} in this time range', { count: incidents.totalCount })}
      </Figure>
      <section className={styles.figure} aria-label={t('overview.figure.states', 'Clusters by state')}>
        <h2>{t('overview.figure.states', 'Clusters by state')}</h2>
        <ul className={styles.states}>
          {states.map(({ state, clusterCount }) => (
            <li key={state}>
              <a href={hrefOf(clustersPath, search, [['state', state]])}>
                <strong>{shortCount(clusterCount)}</strong> {stateWord(state)}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** Whether there is a whole range before to compare with. */
function isBeforeRead({ range, coverage }: GetOverviewResponse): boolean {
  const startMs = 2 * Date.parse(range.from) - Date.parse(range.to);
  return coverage.readFrom !== null && Date.parse(coverage.readFrom) <= startMs;
}

function hrefOf(path: string, search: string, fields: ReadonlyArray<readonly [string, string]> = []): string {
  const params = new URLSearchParams(search);
  fields.forEach(([name, value]) => params.append(name, value));
  return locationUtil.assureBaseUrl(`${path}?${params.toString()}`);
}

interface FigureProps {
  readonly title: string;
  readonly value: string;
  readonly href: string;
  /** Absent: it is counted of what LogHunter keeps, and LogQL knows nothing of it. */
  readonly figure?: OverviewFigure;
  readonly children: ReactNode;
}

function Figure({ title, value, href, figure, children }: FigureProps) {
  const styles = useStyles2(getStyles);
  return (
    <section className={styles.figure} aria-label={title}>
      <h2>{title}</h2>
      <div className={styles.number}>
        <a href={href} className={styles.value}>
          {value}
        </a>
        {figure && <OverviewLogql name={title} figure={figure} />}
      </div>
      <div className={styles.note}>{children}</div>
    </section>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    figures: css({
      display: 'grid',
      // Four beside each other or two above two: never three and one.
      gridTemplateColumns: 'repeat(4, minmax(0, 1fr))',
      '@container (max-width: 760px)': { gridTemplateColumns: 'repeat(2, minmax(0, 1fr))' },
      gap: theme.spacing(2),
    }),
    figure: css({
      padding: theme.spacing(1, 1.5, 1.5),
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      '& h2': { ...theme.typography.bodySmall, margin: 0, color: theme.colors.text.secondary },
    }),
    number: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    value: css({ ...theme.typography.h2, margin: 0, '&:hover': { color: theme.colors.text.link } }),
    note: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    states: css({
      listStyle: 'none',
      display: 'grid',
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      gap: theme.spacing(0.25, 2),
      marginTop: theme.spacing(0.5),
      fontSize: theme.typography.bodySmall.fontSize,
      '& a:hover': { color: theme.colors.text.link },
    }),
  };
}
