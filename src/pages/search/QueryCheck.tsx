import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import type { CheckQueryResponse, TimeRangeQuery } from '@loghunter/contracts';
import React, { useEffect, useState } from 'react';
import { serverClient } from '../../api/server-client';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { errorExcerpt } from './error-excerpt';
import { sizeText } from '../../ui/size-text';

/** Long enough that a word typed without pause is checked once. */
const typingPauseMs = 400;

interface QueryCheckProps {
  readonly query: string;
  readonly range: () => Required<TimeRangeQuery>;
  /** Puts the cursor to a place in the query, in UTF-16 units. */
  readonly onGoTo: (position: number) => void;
}

/** Says while somebody types whether a query may run, where it is wrong, and what it would cost. */
export function QueryCheck({ query, range, onGoTo }: QueryCheckProps) {
  const styles = useStyles2(getStyles);
  const [checked, setChecked] = useState<{ readonly query: string; readonly answer: CheckQueryResponse }>();
  const { from, to } = range();
  const lengthMs = Number(to) - Number(from);
  useEffect(() => {
    if (query.trim() === '') {
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(() => {
      serverClient()
        .checkQuery({ language: 'logql', query, ...range() }, controller.signal)
        .then(
          (answer) => setChecked({ query, answer }),
          // The search itself says what is wrong with the server.
          () => undefined
        );
    }, typingPauseMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
    // What is typed restarts the pause, and a longer or shorter range, which costs otherwise; one that moves on with a refresh costs the same.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [query, lengthMs]);
  const answer = checked?.query === query ? checked.answer : undefined;
  return (
    <div className={styles.check} role="status" data-testid={testIds.search.check}>
      {answer?.isAllowed === true && (
        <span className={styles.good}>
          <Icon name="check" size="sm" /> {costText(answer)}
        </span>
      )}
      {answer?.refusals.map(({ reason, message, position }) => (
        <span key={`${reason} ${position}`} className={styles.bad}>
          <Icon name="exclamation-triangle" size="sm" /> {message}
          {position !== null && <WrongPlace query={query} position={position} onGoTo={() => onGoTo(position)} />}
        </span>
      ))}
    </div>
  );
}

interface WrongPlaceProps {
  readonly query: string;
  readonly position: number;
  readonly onGoTo: () => void;
}

/** Where it is wrong; a click puts the cursor there. */
function WrongPlace({ query, position, onGoTo }: WrongPlaceProps) {
  const styles = useStyles2(getStyles);
  const { before, at, after } = errorExcerpt(query, position);
  return (
    <button
      type="button"
      className={styles.place}
      title={t('search.go-to-error', 'Put the cursor there')}
      data-testid={testIds.search.wrongPlace}
      onClick={onGoTo}
    >
      {before}
      <mark>{at}</mark>
      {after}
    </button>
  );
}

function costText({ cost }: CheckQueryResponse): string {
  if (cost === null || cost.estimatedBytes === null) {
    return t('search.may-run', 'This query may run.');
  }
  const size = sizeText(cost.estimatedBytes);
  return cost.fits
    ? t('search.cost', 'This query may run; it reads about {{size}}.', { size })
    : t('search.too-large', 'It would read about {{size}}. {{advice}}', { size, advice: cost.advice ?? '' });
}

function getStyles(theme: GrafanaTheme2) {
  return {
    place: css({
      display: 'block',
      maxWidth: '100%',
      padding: 0,
      border: 0,
      background: 'none',
      color: theme.colors.text.secondary,
      fontFamily: theme.typography.fontFamilyMonospace,
      whiteSpace: 'pre',
      overflow: 'hidden',
      textAlign: 'start',
      '& mark': {
        padding: 0,
        background: theme.colors.error.transparent,
        color: theme.colors.error.text,
        textDecoration: 'underline wavy',
        textUnderlineOffset: 3,
      },
    }),
    check: css({
      minHeight: 20,
      display: 'flex',
      flexDirection: 'column',
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    good: css({ color: theme.colors.text.secondary }),
    bad: css({ color: theme.colors.error.text }),
  };
}
