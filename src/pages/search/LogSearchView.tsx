import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { sceneGraph, type SceneComponentProps } from '@grafana/scenes';
import { EmptyState, LoadingBar, useStyles2 } from '@grafana/ui';
import React, { useState } from 'react';
import { requestRangeOf } from '../../scenes/request-range';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { LiveLines } from './LiveLines';
import { SavedSearches } from './SavedSearches';
import { SearchForm } from './SearchForm';
import { SearchResults } from './SearchResults';
import type { LogSearchModel } from './search-model';

export function LogSearchView({ model }: SceneComponentProps<LogSearchModel>) {
  const styles = useStyles2(getStyles);
  const { settings, request } = model.useState();
  const { answer, error, isLoading } = request;
  const [isLive, setLive] = useState(false);
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  // Lines that come have no range: a refresh must not begin the live view anew.
  const { from, to, ...followed } = model.request();
  return (
    <div className={styles.page} data-testid={testIds.search.page}>
      <SearchForm
        settings={settings}
        isLoading={isLoading}
        range={() => requestRangeOf(model)}
        isLive={isLive}
        onSearch={(wanted) => model.search(wanted)}
        onLive={(wanted) => {
          model.search(wanted);
          setLive(true);
        }}
        onCancel={() => model.cancel()}
      />
      <SavedSearches request={() => model.request()} settings={settings} />
      <div className={styles.bar}>{isLoading && <LoadingBar width={400} />}</div>
      {error && <ProblemNotice error={error} onRetry={() => model.load()} />}
      {isLive && (
        <LiveLines
          key={JSON.stringify(followed)}
          request={followed}
          timeZone={timeZone}
          onStop={() => setLive(false)}
        />
      )}
      {answer === undefined && !isLoading && error === undefined && !isLive && <NothingAsked />}
      {answer && (
        <SearchResults
          answer={answer}
          isLoading={isLoading}
          timeZone={timeZone}
          request={() => model.request()}
          onOlder={() => model.loadOlder()}
        />
      )}
    </div>
  );
}

function NothingAsked() {
  return (
    <EmptyState variant="call-to-action" message={t('search.nothing-asked', 'Look for lines')} hideImage>
      {t(
        'search.nothing-asked-note',
        'Enter part of a line, choose levels, or write LogQL. What is found is grouped by what it says.'
      )}
    </EmptyState>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({ width: '100%', display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
    bar: css({ height: 2, overflow: 'hidden', '& > div': { width: '100%' } }),
  };
}
