import { css } from '@emotion/css';
import type { GrafanaTheme2, IconName } from '@grafana/data';
import { Icon, Tooltip, useStyles2, useTheme2 } from '@grafana/ui';
import type { LineVerification } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';

interface VerificationMarkProps {
  readonly verification: Pick<LineVerification, 'state' | 'reason'> | undefined;
  readonly isLoading: boolean;
}

const icons: Readonly<Record<LineVerification['state'], IconName>> = {
  verified: 'check-circle',
  unverified: 'question-circle',
  refuted: 'times-circle',
};

/** Whether the log store has a quoted line as it was quoted. */
export function VerificationMark({ verification, isLoading }: VerificationMarkProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  if (verification === undefined) {
    return isLoading ? <span className={styles.mark}>{t('evidence.verifying', 'looking it up …')}</span> : null;
  }
  const { state, reason } = verification;
  const color = {
    verified: theme.colors.success.text,
    unverified: theme.colors.text.secondary,
    refuted: theme.colors.error.text,
  }[state];
  return (
    <Tooltip content={reason}>
      <span className={styles.mark} style={{ color }} tabIndex={0}>
        <Icon name={icons[state]} size="sm" />
        {stateWord(state)}
      </span>
    </Tooltip>
  );
}

function stateWord(state: LineVerification['state']): string {
  const words: Readonly<Record<LineVerification['state'], string>> = {
    verified: t('evidence.verified', 'verified'),
    unverified: t('evidence.unverified', 'unverified'),
    refuted: t('evidence.refuted', 'refuted'),
  };
  return words[state];
}

function getStyles(theme: GrafanaTheme2) {
  return {
    mark: css({
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      fontSize: theme.typography.bodySmall.fontSize,
      whiteSpace: 'nowrap',
    }),
  };
}
