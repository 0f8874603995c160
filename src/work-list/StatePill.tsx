import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Work, WorkState } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../test-ids';
import { stateDetail, stateMeaning, stateWord } from './state-words';

interface StatePillProps {
  readonly work: Work;
  /** With its condition in words, such as "Ignored until ..."; otherwise that is in its title. */
  readonly isDetailed?: boolean;
  readonly timeZone?: string;
}

/** Where a cluster stands, as a word on a colour. */
export function StatePill({ work, isDetailed = false, timeZone = 'browser' }: StatePillProps) {
  const styles = useStyles2(getStyles);
  const format = (at: string) => dateTimeFormat(at, { timeZone, format: 'MM-DD HH:mm' });
  const detail = stateDetail(work, format);
  return (
    <span className={styles[work.state]} title={`${detail}: ${stateMeaning(work.state)}`} data-testid={testIds.state}>
      {isDetailed ? detail : stateWord(work.state)}
    </span>
  );
}

function getStyles(theme: GrafanaTheme2): Readonly<Record<WorkState, string>> {
  const pill = (text: string, background: string, border: string) =>
    css({
      display: 'inline-block',
      padding: theme.spacing(0, 0.75),
      border: `1px solid ${border}`,
      borderRadius: theme.shape.radius.pill,
      background,
      // On the light theme's pale grounds the hues themselves are a little too faint to read.
      color: theme.isLight && text !== theme.colors.text.secondary ? theme.colors.text.primary : text,
      fontSize: theme.typography.bodySmall.fontSize,
      lineHeight: 1.5,
      whiteSpace: 'nowrap',
    });
  const { info, warning, error, success, text, border } = theme.colors;
  return {
    new: pill(info.text, info.transparent, info.borderTransparent),
    ongoing: pill(text.primary, 'transparent', border.medium),
    escalating: pill(warning.text, warning.transparent, warning.borderTransparent),
    regressed: pill(error.text, error.transparent, error.borderTransparent),
    ignored: pill(text.secondary, 'transparent', border.weak),
    resolved: pill(success.text, success.transparent, success.borderTransparent),
  };
}
