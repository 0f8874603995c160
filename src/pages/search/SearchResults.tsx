import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, EmptyState, Icon, useStyles2 } from '@grafana/ui';
import type { SearchLogsRequest, SearchLogsResponse } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import type { ExportContent } from '../../ui/export/use-export';
import { ExportMenu } from '../../ui/export/ExportMenu';
import { countOf, exactCount, percent } from '../../ui/number-format';
import { FoundGroup } from './FoundGroup';
import { searchedShare } from './found';
import { sizeText } from '../../ui/size-text';

interface SearchResultsProps {
  readonly answer: SearchLogsResponse;
  readonly isLoading: boolean;
  readonly timeZone: string;
  readonly request: () => SearchLogsRequest;
  readonly onOlder: () => void;
}

/** What was found, by cluster, and how much of what was asked for it rests on. */
export function SearchResults({ answer, isLoading, timeZone, request, onOlder }: SearchResultsProps) {
  const styles = useStyles2(getStyles);
  const { groups, nextBefore, query } = answer;
  return (
    <section aria-label={t('search.results', 'Results')}>
      <div className={styles.head}>
        <div data-testid={testIds.search.summary} aria-live="polite">
          <strong>{foundText(answer)}</strong> {coverageText(answer)}
          <div className={styles.note}>
            {costText(answer)} <code>{query}</code>
          </div>
        </div>
        <ExportMenu place="search" timeZone={timeZone} content={() => ({ lines: exportOf(request()) })} />
      </div>
      {groups.length === 0 ? (
        <EmptyState variant="not-found" message={t('search.empty', 'No line matches')}>
          {nextBefore === null
            ? t('search.empty-complete', 'The whole range was searched. Try a longer range or fewer words.')
            : t('search.empty-partial', 'Only the newest part of the range was searched so far.')}
        </EmptyState>
      ) : (
        <ol className={styles.groups}>
          {groups.map((group) => (
            <FoundGroup key={group.clusterId} group={group} timeZone={timeZone} />
          ))}
        </ol>
      )}
      {nextBefore !== null && (
        <Button variant="secondary" disabled={isLoading} onClick={onOlder}>
          {t('search.older', 'Search older lines')}
        </Button>
      )}
    </section>
  );
}

/** The same search over the whole range, whatever was loaded of it. */
function exportOf({ from, to, service, namespace, level, text, query }: SearchLogsRequest): ExportContent['lines'] {
  return {
    ...{ from, to, service, namespace, level },
    ...(text === undefined ? {} : { text }),
    ...(query === undefined ? {} : { query }),
  };
}

function foundText({ eventCount, lineCount, groups }: SearchLogsResponse): string {
  return t('search.found', '{{events}} in {{lines}}, {{clusters}}.', {
    events: countOf(eventCount, 'event'),
    lines: countOf(lineCount, 'line'),
    clusters: countOf(groups.length, 'cluster'),
  });
}

function coverageText(answer: SearchLogsResponse): React.ReactNode {
  const share = searchedShare(answer);
  const total = answer.coverage.lineCount;
  if (share === 1 && answer.coverage.isComplete) {
    return total === null
      ? t('search.all', 'The whole range was searched.')
      : t('search.all-of', 'All of {{total}} lines were searched.', { total: exactCount(total) });
  }
  return (
    <>
      <Icon name="exclamation-triangle" size="sm" />{' '}
      {share === undefined || total === null
        ? t('search.part', 'Only the newest part of the range was searched.')
        : t('search.part-of', 'Only the newest {{share}} of {{total}} lines were searched.', {
            share: percent(share),
            total: exactCount(total),
          })}
    </>
  );
}

function costText({ scannedBytes, elapsedMs }: SearchLogsResponse): string {
  return scannedBytes === 0
    ? t('search.cached', 'Answered from the cache in {{elapsedMs}} ms.', { elapsedMs })
    : t('search.scanned', 'Loki went through {{size}} in {{elapsedMs}} ms.', {
        size: sizeText(scannedBytes),
        elapsedMs,
      });
}

function getStyles(theme: GrafanaTheme2) {
  return {
    head: css({
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1, 2),
      '& > div:first-child': { flex: 1, minWidth: 0 },
    }),
    note: css({
      margin: 0,
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      overflowWrap: 'anywhere',
      // Grafana keeps code on one line: a query that names every service would be wider than any window.
      '& code': { display: 'inline-block', whiteSpace: 'pre-wrap' },
    }),
    groups: css({ listStyle: 'none', margin: theme.spacing(1, 0) }),
  };
}
