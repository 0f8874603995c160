// What a page shows of one request: the first load, a failure, or the answer with what is wrong about it on top.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingBar, useStyles2 } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import type { Requested } from '../api/use-request';
import { incidentTestIds } from '../incident-test-ids';
import { t } from '../translations';
import { ProblemNotice } from './ProblemNotice';

interface PageBodyProps<Answer> {
  readonly request: Requested<Answer>;
  readonly testId: string;
  /** Said to those who do not see the bars, such as "Loading incidents". */
  readonly loadingLabel: string;
  readonly children: (answer: Answer) => ReactNode;
}

export function PageBody<Answer>({ request, testId, loadingLabel, children }: PageBodyProps<Answer>) {
  const styles = useStyles2(getStyles);
  const { answer, error, isLoading, reload } = request;
  return (
    <div className={styles.page} data-testid={testId} aria-busy={isLoading}>
      <div className={styles.bar}>{isLoading && answer !== undefined && <LoadingBar width={400} />}</div>
      {error && (
        <ProblemNotice
          error={error}
          onRetry={reload}
          {...(answer === undefined ? {} : { addition: t('page.stale', 'What is shown is from the last answer.') })}
        />
      )}
      {answer === undefined ? !error && <Skeleton label={loadingLabel} /> : children(answer)}
    </div>
  );
}

/** Heights in pixels of what usually stands there: headline, graph, list. */
const blockHeightsPx = [56, 220, 160];

export function Skeleton({ label }: { label: string }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.skeleton} role="status" aria-label={label} data-testid={incidentTestIds.loading}>
      {blockHeightsPx.map((heightPx) => (
        <div key={heightPx} className={styles.block} style={{ height: heightPx }} />
      ))}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({
      position: 'relative',
      width: '100%',
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(2),
      containerType: 'inline-size',
    }),
    bar: css({
      position: 'absolute',
      insetInline: 0,
      top: -4,
      height: 2,
      overflow: 'hidden',
      '& > div': { width: '100%' },
    }),
    skeleton: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2) }),
    block: css({
      borderRadius: theme.shape.radius.default,
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.secondary,
      opacity: 0.6,
    }),
  };
}
