import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import type { AnalysedWindow, EvidencePack } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../translations';
import { ShareList } from '../../ui/evidence/ShareList';
import { countOf, percent } from '../../ui/number-format';
import { Section } from '../../ui/Section';

/** What stands beside the evidence: how sure and why, what is not the cause, what nobody looked at, what was read. */
export function EvidenceFacts({ pack, timeZone }: { pack: EvidencePack; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const { confidenceReasons, concentration, ruledOut, notLookedAt, windows } = pack;
  return (
    <>
      <Section title={t('rootCause.facts.confidence', 'Why this confidence')}>
        <ul className={styles.list}>
          {confidenceReasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      </Section>
      <Deploys pack={pack} timeZone={timeZone} />
      {concentration.length > 0 && (
        <Section title={t('rootCause.facts.concentration', 'Where it concentrates')}>
          <ShareList
            legend={t(
              'rootCause.facts.concentration-legend',
              'Bar: share of what went wrong. Mark: share of all other lines.'
            )}
            shares={concentration.map(({ name, value, affectedShare, otherShare }) => ({
              name,
              value,
              share: affectedShare,
              otherShare,
            }))}
          />
        </Section>
      )}
      <Remarks
        title={t('rootCause.facts.ruled-out', 'Ruled out')}
        none={t('rootCause.facts.ruled-out-none', 'Nothing could be ruled out.')}
        remarks={ruledOut}
      />
      <Remarks
        title={t('rootCause.facts.not-looked-at', 'Not looked at')}
        none={t('rootCause.facts.not-looked-at-none', 'Everything that is known of was looked at.')}
        remarks={notLookedAt}
      />
      <Section title={t('rootCause.facts.windows', 'What was read')}>
        <WindowFacts name={t('rootCause.facts.incident', 'During')} window={windows.incident} timeZone={timeZone} />
        <WindowFacts name={t('rootCause.facts.baseline', 'Before')} window={windows.baseline} timeZone={timeZone} />
      </Section>
    </>
  );
}

function Deploys({ pack, timeZone }: { pack: EvidencePack; timeZone: string }) {
  const styles = useStyles2(getStyles);
  return (
    <Section title={t('rootCause.facts.deploys', 'Deploys near it')}>
      {pack.deploys.length === 0 && (
        <p className={styles.note}>{t('rootCause.facts.deploys-none', 'None is known.')}</p>
      )}
      <ul className={styles.plain}>
        {pack.deploys.map((deploy) => (
          <li key={`${deploy.at} ${deploy.service}`}>
            <strong>{deploy.service}</strong> {deploy.version}{' '}
            {deploy.isSuspect && <Badge color="orange" text={t('rootCause.facts.deploy-suspect', 'suspect')} />}
            <div className={styles.note}>
              {dateTimeFormat(deploy.at, { timeZone, format: 'MM-DD HH:mm' })},{' '}
              {deployDistance(deploy.minutesBeforeOnset)}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function deployDistance(minutesBeforeOnset: number): string {
  const minutes = countOf(Math.round(Math.abs(minutesBeforeOnset)), 'minute');
  return minutesBeforeOnset >= 0
    ? t('rootCause.facts.deploy-before', '{{minutes}} before the onset', { minutes })
    : t('rootCause.facts.deploy-after', '{{minutes}} after the onset', { minutes });
}

interface RemarksProps {
  readonly title: string;
  readonly none: string;
  readonly remarks: EvidencePack['ruledOut'];
}

function Remarks({ title, none, remarks }: RemarksProps) {
  const styles = useStyles2(getStyles);
  return (
    <Section title={title}>
      {remarks.length === 0 && <p className={styles.note}>{none}</p>}
      <ul className={styles.plain}>
        {remarks.map(({ what, why }) => (
          <li key={what}>
            {what}
            <div className={styles.note}>{why}</div>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function WindowFacts({ name, window, timeZone }: { name: string; window: AnalysedWindow; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const time = (at: string) => dateTimeFormat(at, { timeZone, format: 'MM-DD HH:mm' });
  return (
    <div className={styles.window}>
      {name}: {time(window.range.from)} – {time(window.range.to)}
      <div className={styles.note}>
        {window.isComplete
          ? t('rootCause.facts.whole', 'all {{lines}}', { lines: countOf(window.lineCount, 'line') })
          : t('rootCause.facts.part', '{{lines}}, which is {{share}} of the time: there were more', {
              lines: countOf(window.lineCount, 'line'),
              share: percent(window.readShare),
            })}
      </div>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    list: css({
      ...small,
      margin: 0,
      paddingInlineStart: theme.spacing(2),
      '& li + li': { marginTop: theme.spacing(0.5) },
    }),
    plain: css({ ...small, listStyle: 'none', '& li + li': { marginTop: theme.spacing(1) }, overflowWrap: 'anywhere' }),
    note: css({ ...small, margin: 0, color: theme.colors.text.secondary }),
    window: css({ ...small, '& + &': { marginTop: theme.spacing(1) } }),
  };
}
