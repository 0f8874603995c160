import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { SceneObject } from '@grafana/scenes';
import { Icon, useStyles2 } from '@grafana/ui';
import type { EvidencePack, Finding } from '@loghunter/contracts';
import React from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { rootCauseHref } from '../../incident-paths';
import { clusterHref } from '../../plugin-paths';
import { ExploreLink } from '../../scenes/ExploreLink';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { rowHover } from '../../ui/row-highlight';
import { Section } from '../../ui/Section';
import { channelWord, findingKindWord } from './analysis-words';
import { findingElementId, useEvidence } from './evidence-context';
import { QuotedLines } from './QuotedLines';

interface FindingListProps {
  readonly pack: EvidencePack;
  readonly model: SceneObject;
  readonly timeZone: string;
}

/** What the evidence shows, the strongest first; each opens the lines it rests on. */
export function FindingList({ pack, model, timeZone }: FindingListProps) {
  const styles = useStyles2(getStyles);
  const { findings, droppedFindingCount } = pack;
  return (
    <Section title={t('rootCause.findings.title', 'Findings')} isFlush>
      {findings.length === 0 && (
        <p className={styles.note}>{t('rootCause.findings.none', 'Nothing differs from before.')}</p>
      )}
      <ol className={styles.list}>
        {findings.map((finding) => (
          <FindingEntry key={finding.id} finding={finding} pack={pack} model={model} timeZone={timeZone} />
        ))}
      </ol>
      {droppedFindingCount > 0 && (
        <p className={styles.note}>
          {t(
            'rootCause.findings.dropped',
            '{{count, number}} weaker findings were left out, so that the evidence stays small.',
            {
              count: droppedFindingCount,
              defaultValue_one: '{{count, number}} weaker finding was left out, so that the evidence stays small.',
            }
          )}
        </p>
      )}
    </Section>
  );
}

interface FindingEntryProps extends FindingListProps {
  readonly finding: Finding;
}

function FindingEntry({ finding, pack, model, timeZone }: FindingEntryProps) {
  const styles = useStyles2(getStyles);
  const { openIds, toggle } = useEvidence();
  const isOpen = openIds.has(finding.id);
  const { id, channel, kind, service, statement, baseline, incident, firstAt } = finding;
  const detailsId = `${findingElementId(id)}-lines`;
  return (
    <li
      id={findingElementId(id)}
      tabIndex={-1}
      className={styles.entry}
      data-testid={incidentTestIds.rootCause.finding}
    >
      <button
        type="button"
        className={styles.head}
        aria-expanded={isOpen}
        aria-controls={detailsId}
        onClick={() => toggle(id)}
      >
        <Icon name={isOpen ? 'angle-down' : 'angle-right'} />
        <span className={styles.id}>{id}</span>
        <span className={styles.statement}>
          {statement}
          <span className={styles.meta}>
            {service} · {findingKindWord(kind)} · {channelWord(channel)}
            {firstAt !== null && ` · ${dateTimeFormat(firstAt, { timeZone, format: 'HH:mm:ss' })}`}
          </span>
        </span>
        {(baseline !== '' || incident !== '') && (
          <span className={styles.figures}>
            {baseline !== '' && <span className={styles.meta}>{baseline}</span>}
            <Icon name="arrow-right" size="sm" />
            <span>{incident}</span>
          </span>
        )}
      </button>
      <div id={detailsId} hidden={!isOpen}>
        {isOpen && <FindingDetails finding={finding} pack={pack} model={model} timeZone={timeZone} />}
      </div>
    </li>
  );
}

function FindingDetails({ finding, pack, model, timeZone }: FindingEntryProps) {
  const styles = useStyles2(getStyles);
  const { clusterId, lineIds, query, traceIds = [], metricQuery } = finding;
  const lines = pack.lines.filter(({ id }) => lineIds.includes(id));
  const { range } = pack.windows.incident;
  return (
    <div className={styles.details}>
      {lines.length === 0 ? (
        <p className={styles.meta}>
          {metricQuery === undefined && traceIds.length === 0
            ? t('rootCause.findings.no-lines', 'It rests on counts; no single line shows it.')
            : t('rootCause.findings.other-source', 'It rests on what traces or metrics show; no line does.')}
        </p>
      ) : (
        <QuotedLines lines={lines} timeZone={timeZone} />
      )}
      {traceIds.length > 0 && (
        <div className={styles.ways}>
          <span>{t('rootCause.findings.traces', 'Traces that show it:')}</span>
          {traceIds.map((traceId) => (
            <span key={traceId}>
              <a className={styles.way} href={rootCauseHref({ trace: traceId, ...range })}>
                <code>{traceId}</code>
              </a>{' '}
              <CopyButton label={t('rootCause.findings.copy-trace', 'Copy trace id')} text={traceId} />
            </span>
          ))}
        </div>
      )}
      {metricQuery !== undefined && (
        <div className={styles.ways}>
          <code>{metricQuery}</code>
          <CopyButton label={t('rootCause.findings.copy-promql', 'Copy PromQL')} hasWords text={metricQuery} />
        </div>
      )}
      <div className={styles.ways}>
        {clusterId !== null && (
          <a className={styles.way} href={clusterHref(clusterId, `?${new URLSearchParams(range).toString()}`)}>
            {t('rootCause.findings.cluster', 'Open its cluster')}
          </a>
        )}
        {query !== '' && (
          <>
            <CopyButton label={t('rootCause.findings.copy-logql', 'Copy LogQL')} hasWords text={query} />
            <ExploreLink query={{ expression: query, range, isExact: false }} model={model} />
          </>
        )}
      </div>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: 0, padding: theme.spacing(1, 1.5), color: theme.colors.text.secondary }),
    list: css({ listStyle: 'none' }),
    entry: css({
      borderTop: `1px solid ${theme.colors.border.weak}`,
      '&:focus': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    }),
    head: cx(
      css({
        width: '100%',
        display: 'flex',
        alignItems: 'flex-start',
        gap: theme.spacing(1),
        padding: theme.spacing(1, 1.5),
        border: 0,
        background: 'none',
        textAlign: 'left',
        '&:hover': rowHover(theme),
      })
    ),
    id: css({
      ...small,
      flex: 'none',
      width: 28,
      fontFamily: theme.typography.fontFamilyMonospace,
      color: theme.colors.text.secondary,
    }),
    statement: css({ flex: 1, minWidth: 0, overflowWrap: 'anywhere' }),
    meta: css({ ...small, display: 'block', margin: 0, color: theme.colors.text.secondary }),
    figures: css({
      ...small,
      flex: 'none',
      maxWidth: '38%',
      display: 'inline-flex',
      flexWrap: 'wrap',
      justifyContent: 'flex-end',
      alignItems: 'center',
      gap: theme.spacing(0, 0.75),
      fontVariantNumeric: 'tabular-nums',
    }),
    details: css({
      padding: theme.spacing(0, 1.5, 1.5),
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
    }),
    ways: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    way: css({ ...small, color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  };
}
