import { css } from '@emotion/css';
import { LoadingPlaceholder } from '@grafana/ui';
import React, { type ReactNode } from 'react';
import type { Requested } from '../../api/use-request';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';

interface LoadedProps<Answer> {
  readonly request: Requested<Answer>;
  readonly children: (answer: Answer) => ReactNode;
}

/** Draws an answer once it is there; an error stands above the answer of before. */
export function Loaded<Answer>({ request, children }: LoadedProps<Answer>) {
  const { answer, error, isLoading, reload } = request;
  return (
    <div aria-busy={isLoading}>
      {error && (
        <ProblemNotice
          error={error}
          onRetry={reload}
          {...(answer ? { addition: t('administration.stale', 'What follows is from the last answer.') } : {})}
        />
      )}
      {answer === undefined ? (
        <div className={placeholderStyle}>
          {isLoading && <LoadingPlaceholder text={t('administration.loading', 'Loading')} />}
        </div>
      ) : (
        children(answer)
      )}
    </div>
  );
}

/** About a table's height: what is below does not jump. */
const placeholderStyle = css({ minHeight: 120 });
