import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { LinkButton, useStyles2 } from '@grafana/ui';
import type { Analysis, EvidencePack } from '@loghunter/contracts';
import React, { type ReactNode } from 'react';
import { rootCauseHref } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { VerdictMark } from '../../ui/evidence/VerdictMark';
import { percent } from '../../ui/number-format';
import { Moment } from '../../ui/Moment';
import { useNowMs } from '../../ui/use-now';
import { AttachToInvestigation } from './AttachToInvestigation';
import { EvidenceLinks } from './EvidenceLinks';

interface AnalysisHeaderProps {
  readonly analysis: Analysis;
  readonly pack: EvidencePack;
  readonly timeZone: string;
}

/** Five lines for whoever was just woken: how sure, who, since when, on what, and what to do now. */
export function AnalysisHeader({ analysis, pack, timeZone }: AnalysisHeaderProps) {
  const styles = useStyles2(getStyles);
  const nowMs = useNowMs();
  const { summary, verdict, confidence, suspects } = pack;
  const first = suspects.find(({ service }) => service === summary.suspect);
  return (
    <header className={styles.header} data-testid={incidentTestIds.rootCause.summary}>
      <div className={styles.top}>
        <VerdictMark verdict={verdict} isLarge />
        <span className={styles.secondary}>
          {t('rootCause.summary.confidence', 'confidence {{confidence}}, computed from the evidence', {
            confidence: percent(confidence),
          })}
        </span>
        <div className={styles.actions}>
          <CopyButton
            label={t('rootCause.summary.copy-link', 'Copy link')}
            icon="link"
            hasWords
            text={() => window.location.href}
          />
          <CopyButton label={t('rootCause.summary.copy-markdown', 'Copy as Markdown')} hasWords text={analysis.text} />
          <LinkButton size="sm" variant="secondary" icon="sync" href={repeatHref(analysis)}>
            {t('rootCause.summary.repeat', 'Other windows')}
          </LinkButton>
          <AttachToInvestigation analysis={analysis} />
        </div>
      </div>
      <dl className={styles.lines}>
        <Line name={t('rootCause.summary.suspect', 'Suspect')}>
          {summary.suspect === null ? (
            t('rootCause.summary.nobody', 'Nobody: the evidence does not single out a service.')
          ) : (
            <strong>{summary.suspect}</strong>
          )}
        </Line>
        <Line name={t('rootCause.summary.since', 'Since')}>
          {summary.since === null ? (
            t('rootCause.summary.since-unknown', 'not known')
          ) : (
            <>
              {dateTimeFormat(summary.since, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' })} (
              <Moment at={summary.since} timeZone={timeZone} nowMs={nowMs} />)
            </>
          )}
        </Line>
        <Line name={t('rootCause.summary.evidence', 'Evidence')}>
          {t('rootCause.summary.findings', '{{count}} findings', {
            count: summary.evidenceCount,
            defaultValue_one: '{{count}} finding',
          })}{' '}
          <EvidenceLinks ids={first?.findingIds ?? []} />
        </Line>
        <Line name={t('rootCause.summary.next', 'Next step')}>{withoutName(summary.nextStep)}</Line>
      </dl>
      <p className={styles.secondary}>
        {t('rootCause.summary.analysed', 'Analysed: {{subject}}, {{from}} to {{to}}, by {{by}}', {
          subject: pack.subjectText,
          from: dateTimeFormat(analysis.incident.from, { timeZone, format: 'MM-DD HH:mm' }),
          to: dateTimeFormat(analysis.incident.to, { timeZone, format: 'MM-DD HH:mm' }),
          by: analysis.createdBy,
        })}
      </p>
    </header>
  );
}

/** The start form with the same subject and windows, to be moved. */
function repeatHref({ subject, incident, baseline }: Analysis): string {
  const windows = { from: incident.from, to: incident.to, baselineFrom: baseline.from, baselineTo: baseline.to };
  switch (subject.kind) {
    case 'incident':
      return rootCauseHref({ incident: subject.id, ...windows });
    case 'cluster':
      return rootCauseHref({ cluster: subject.id, ...windows });
    case 'trace':
      return rootCauseHref({ trace: subject.traceId, ...windows });
    case 'service':
      return rootCauseHref({ service: subject.service, ...windows });
    case 'alert':
      return rootCauseHref({ service: subject.labels.service_name ?? subject.labels.service ?? '', ...windows });
  }
}

function Line({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    header: css({
      padding: theme.spacing(1.5),
      border: `1px solid ${theme.colors.border.medium}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
    }),
    top: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
    actions: css({ marginInlineStart: 'auto', display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
    secondary: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    lines: css({
      margin: theme.spacing(1.5, 0, 1),
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(0.75),
      '& > div': { display: 'grid', gridTemplateColumns: '96px minmax(0, 1fr)', gap: theme.spacing(1) },
      '& dt': { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    }),
  };
}

/** The sentence names itself where it stands alone. */
function withoutName(nextStep: string): string {
  return nextStep.replace(/^Next: /, '');
}
