import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2, useTheme2 } from '@grafana/ui';
import type { GetOverviewResponse, OverviewSource } from '@loghunter/contracts';
import React from 'react';
import { useLocation } from 'react-router-dom';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { exactCount, percent, shortCount } from '../../ui/number-format';
import { getPlainTableStyles } from '../../ui/plain-table-style';
import { Section } from '../../ui/Section';
import { TrendBars } from '../../ui/TrendBars';
import { OverviewLogql } from './OverviewLogql';
import { sortSources, type SourceSort } from './overview-settings';
import { errorRate } from './rates';
import { sourceHref } from './source-href';

interface SourceTableProps {
  readonly overview: GetOverviewResponse;
  readonly sort: SourceSort;
  readonly onSort: (sort: SourceSort) => void;
}

/** Who writes how much, and how much of it is errors; a click shows the service's clusters. */
export function SourceTable({ overview, sort, onSort }: SourceTableProps) {
  const styles = useStyles2(getPlainTableStyles);
  const own = useStyles2(getStyles);
  const { sources, sourceCount } = overview;
  return (
    <Section
      title={t('overview.sources.title', 'Sources')}
      testId={testIds.overview.sources}
      isFlush
      actions={
        <>
          <OverviewLogql name={t('overview.sources.linesOfEach', 'Lines of each service')} figure="sources" />
          <OverviewLogql
            name={t('overview.sources.errorLinesOfEach', 'Error lines of each service')}
            figure="sourceErrors"
          />
        </>
      }
    >
      <table className={styles.table} aria-label={t('overview.sources.title', 'Sources')}>
        <thead>
          <tr>
            <th scope="col">{t('overview.sources.service', 'Service')}</th>
            <SortHead sort="events" sorted={sort} onSort={onSort}>
              {t('overview.sources.events', 'Events')}
            </SortHead>
            <th scope="col" className={own.trend}>
              {t('overview.sources.throughput', 'Throughput')}
            </th>
            <SortHead sort="errorRate" sorted={sort} onSort={onSort}>
              {t('overview.sources.errorRate', 'Error rate')}
            </SortHead>
            <SortHead sort="errors" sorted={sort} onSort={onSort}>
              {t('overview.sources.errors', 'Errors')}
            </SortHead>
            <th scope="col" className={own.trend}>
              {t('overview.sources.errorTrend', 'Errors over time')}
            </th>
          </tr>
        </thead>
        <tbody>
          {sortSources(sources, sort).map((source) => (
            <SourceRow key={`${source.namespace} ${source.service}`} source={source} overview={overview} />
          ))}
        </tbody>
      </table>
      {sourceCount > sources.length && (
        <p className={own.rest}>
          {t('overview.sources.rest', 'The {{shown}} with most events of {{total}} sources.', {
            shown: sources.length,
            total: sourceCount,
          })}
        </p>
      )}
    </Section>
  );
}

interface SortHeadProps {
  readonly sort: SourceSort;
  readonly sorted: SourceSort;
  readonly onSort: (sort: SourceSort) => void;
  readonly children: string;
}

function SortHead({ sort, sorted, onSort, children }: SortHeadProps) {
  const own = useStyles2(getStyles);
  const isSorted = sort === sorted;
  return (
    <th scope="col" className={own.number} aria-sort={isSorted ? 'descending' : 'none'}>
      <button type="button" className={cx(own.sort, isSorted && own.sorted)} onClick={() => onSort(sort)}>
        {children}
        {isSorted && <Icon name="arrow-down" size="sm" />}
      </button>
    </th>
  );
}

function SourceRow({ source, overview }: { source: OverviewSource; overview: GetOverviewResponse }) {
  const own = useStyles2(getStyles);
  const theme = useTheme2();
  const { search } = useLocation();
  const { service, namespace, totals, counts, errorCounts } = source;
  const trend = (values: readonly number[]) => ({
    start: overview.start,
    stepMs: overview.stepMs,
    counts: [...values],
  });
  const label = (values: readonly number[]) =>
    t('overview.sources.trend', 'Over time, at most {{count}} per step', {
      count: exactCount(Math.max(0, ...values)),
    });
  return (
    <tr>
      <td>
        <a href={sourceHref(service, search)}>{service || t('clusters.row.noService', 'no service')}</a>
        {namespace !== '' && <span className={own.namespace}> {namespace}</span>}
      </td>
      <td className={own.number} title={exactCount(totals.eventCount)}>
        {shortCount(totals.eventCount)}
      </td>
      <td className={own.trend}>
        <TrendBars trend={trend(counts)} color={theme.visualization.getColorByName('blue')} label={label(counts)} />
      </td>
      <td className={own.number}>{percent(errorRate(totals))}</td>
      <td className={own.number} title={exactCount(totals.errorCount)}>
        {shortCount(totals.errorCount)}
      </td>
      <td className={own.trend}>
        <TrendBars
          trend={trend(errorCounts)}
          color={theme.visualization.getColorByName('red')}
          label={label(errorCounts)}
        />
      </td>
    </tr>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    number: css({ '&&': { textAlign: 'right', fontVariantNumeric: 'tabular-nums', width: 90 } }),
    trend: css({ '&&': { width: 108 } }),
    sort: css({
      padding: 0,
      border: 0,
      background: 'none',
      font: 'inherit',
      color: 'inherit',
      whiteSpace: 'nowrap',
      '&:hover': { color: theme.colors.text.primary },
    }),
    sorted: css({ color: theme.colors.text.primary }),
    namespace: css({ color: theme.colors.text.secondary }),
    rest: css({ margin: 0, padding: theme.spacing(1, 1.5), color: theme.colors.text.secondary }),
  };
}
