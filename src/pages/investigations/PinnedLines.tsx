import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import type { SceneObject } from '@grafana/scenes';
import { IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import type { LineVerification, PinnedLine } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { incidentTestIds } from '../../incident-test-ids';
import { clusterHref } from '../../plugin-paths';
import { ExploreLink } from '../../scenes/ExploreLink';
import { t } from '../../translations';
import { CopyButton } from '../../ui/CopyButton';
import { VerificationMark } from '../../ui/evidence/VerificationMark';
import { FoldedText } from '../../ui/FoldedText';
import { levelColor } from '../../ui/level-style';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import type { CasePartProps } from './case-part';

/** The server looks up no more at once. */
const maxLineCount = 50;

/** Lines that were copied into the case: they stay when the log store has forgotten them. */
export function PinnedLines({
  investigation,
  timeZone,
  onChanged,
  model,
}: CasePartProps & { readonly model: SceneObject }) {
  const styles = useStyles2(getStyles);
  const { id, pinnedLines } = investigation;
  const unpin = useAction(async (lineId: string) => {
    await serverClient().unpinLine({ id, lineId });
    onChanged();
  });
  const verification = useLineStates(pinnedLines);
  return (
    <Section title={t('investigations.pinned.title', 'Pinned lines')} isFlush>
      {pinnedLines.length === 0 && (
        <p className={styles.note}>
          {t(
            'investigations.pinned.none',
            'None yet. Lines of an analysis can be pinned there; they are copied with their hash and query.'
          )}
        </p>
      )}
      {unpin.error && <ProblemNotice error={unpin.error} />}
      <ol className={styles.lines}>
        {pinnedLines.map((line) => (
          <PinnedEntry
            key={line.id}
            line={line}
            timeZone={timeZone}
            model={model}
            state={verification.answer?.get(line.hash)}
            isLooking={verification.isLoading}
            onUnpin={() => void unpin.run(line.id)}
          />
        ))}
      </ol>
    </Section>
  );
}

function useLineStates(lines: readonly PinnedLine[]) {
  return useRequest<ReadonlyMap<string, LineVerification>>(lines.map(({ hash }) => hash).join(' '), async (signal) => {
    const asked = lines
      .slice(0, maxLineCount)
      .map(({ labels, timestampNs, hash, text }) => ({ labels, timestampNs, hash, text }));
    if (asked.length === 0) {
      return new Map();
    }
    const { lines: found } = await serverClient().verifyLines({ lines: asked }, signal);
    return new Map(found.map((verification) => [verification.hash, verification]));
  });
}

interface PinnedEntryProps {
  readonly line: PinnedLine;
  readonly timeZone: string;
  readonly model: SceneObject;
  readonly state: LineVerification | undefined;
  readonly isLooking: boolean;
  readonly onUnpin: () => void;
}

/** On both sides of the line, so that Explore shows what stood around it. */
const aroundMs = 5 * 60_000;

function PinnedEntry({ line, timeZone, model, state, isLooking, onUnpin }: PinnedEntryProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const mayEdit = useMay('editor');
  const atMs = Date.parse(line.at);
  const range = { from: new Date(atMs - aroundMs).toISOString(), to: new Date(atMs + aroundMs).toISOString() };
  return (
    <li
      className={styles.line}
      style={{ borderLeftColor: levelColor(line.level, theme) }}
      data-testid={incidentTestIds.investigations.pinned}
    >
      <div className={styles.meta}>
        <time dateTime={line.at}>{dateTimeFormat(line.at, { timeZone, format: 'YYYY-MM-DD HH:mm:ss.SSS' })}</time>
        <span>{line.service}</span>
        {line.clusterId !== null && (
          <a className={styles.link} href={clusterHref(line.clusterId, `?${new URLSearchParams(range).toString()}`)}>
            {t('investigations.pinned.cluster', 'cluster')}
          </a>
        )}
        <span>{t('investigations.pinned.by', 'pinned by {{name}}', { name: line.pinnedBy })}</span>
        <span className={styles.ways}>
          <VerificationMark verification={state} isLoading={isLooking} />
          <ExploreLink query={{ expression: line.query, range, isExact: false }} model={model} />
          <CopyButton label={t('investigations.pinned.copy', 'Copy line')} text={line.text} />
          {mayEdit === true && (
            <IconButton name="times" tooltip={t('investigations.pinned.unpin', 'Take out')} onClick={onUnpin} />
          )}
        </span>
      </div>
      <div className={styles.text}>
        <FoldedText text={line.text} render={(endOffset) => line.text.slice(0, endOffset)} />
      </div>
      {line.note !== '' && <p className={styles.remark}>{line.note}</p>}
    </li>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    note: css({ ...small, margin: 0, padding: theme.spacing(0, 1.5, 1.5), color: theme.colors.text.secondary }),
    lines: css({ listStyle: 'none' }),
    line: css({
      padding: theme.spacing(0.75, 1.5),
      borderLeft: '3px solid',
      borderTop: `1px solid ${theme.colors.border.weak}`,
    }),
    meta: css({
      ...small,
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1.5),
      color: theme.colors.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    }),
    ways: css({ marginInlineStart: 'auto', display: 'inline-flex', alignItems: 'center', gap: theme.spacing(1) }),
    link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
    text: css({
      ...small,
      fontFamily: theme.typography.fontFamilyMonospace,
      lineHeight: 1.6,
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      tabSize: 4,
    }),
    remark: css({ ...small, margin: theme.spacing(0.5, 0, 0), fontStyle: 'italic' }),
  };
}
