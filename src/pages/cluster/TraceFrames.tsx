import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ExplainEventResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { countOf } from '../../ui/number-format';
import { groupFrames, type Frame, type FrameGroup } from './frame-groups';

type Trace = NonNullable<ExplainEventResponse['trace']>;

/** A stack trace as people read it: the application's own frames stand out, those of libraries are folded. */
export function TraceFrames({ trace }: { trace: Trace }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.trace}>
      {trace.exceptions.map((exception, index) => (
        <div key={index}>
          <div className={styles.exception}>
            {index > 0 && <span className={styles.cause}>{t('cluster.trace.led', 'which led to')} </span>}
            <strong>{exception.type}</strong>
            {exception.message !== '' && `: ${exception.message}`}
          </div>
          <ol className={styles.frames}>
            {groupFrames(exception.frames).map((group, place) => (
              <Group key={place} group={group} />
            ))}
          </ol>
        </div>
      ))}
      {trace.usesMessage && (
        <p className={styles.note}>
          {t('cluster.trace.message', 'No frame is the application’s own, so the message decides as well.')}
        </p>
      )}
    </div>
  );
}

function Group({ group }: { group: FrameGroup }) {
  const styles = useStyles2(getStyles);
  const [isOpen, setIsOpen] = useState(group.isOwn || group.frames.length === 1);
  if (!isOpen) {
    return (
      <li>
        <button type="button" className={styles.fold} aria-expanded={false} onClick={() => setIsOpen(true)}>
          {t('cluster.trace.folded', '{{frames}} of libraries', { frames: countOf(group.frames.length, 'frame') })}
        </button>
      </li>
    );
  }
  return group.frames.map((frame, index) => <FrameLine key={index} frame={frame} isOwn={group.isOwn} />);
}

function FrameLine({ frame, isOwn }: { frame: Frame; isOwn: boolean }) {
  const styles = useStyles2(getStyles);
  return (
    <li
      className={cx(styles.frame, isOwn && styles.own)}
      title={reasonText(frame)}
      {...(isOwn ? { 'data-testid': testIds.cluster.ownFrame } : {})}
    >
      {frame.name}
      {frame.path !== '' && <span className={styles.path}> {frame.path}</span>}
    </li>
  );
}

function reasonText({ reason, mark, isUsed }: Frame): string {
  const used = isUsed ? ` ${t('cluster.trace.used', 'The cluster is decided by it.')}` : '';
  switch (reason) {
    case 'application':
      return `${t('cluster.trace.application', 'A frame of the application.')}${used}`;
    case 'runtime':
      return mark === ''
        ? t('cluster.trace.runtime', 'A frame of the runtime or a library.')
        : t('cluster.trace.runtimeMark', 'A frame of the runtime or a library, told by {{mark}}.', { mark });
    case 'raising':
      return t('cluster.trace.raising', 'Only raises the error.');
    case 'nameless':
      return t('cluster.trace.nameless', 'Has no name to tell it by.');
  }
}

function getStyles(theme: GrafanaTheme2) {
  return {
    trace: css({
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      fontFamily: theme.typography.fontFamilyMonospace,
      fontSize: theme.typography.bodySmall.fontSize,
      lineHeight: 1.6,
      overflowWrap: 'anywhere',
    }),
    exception: css({ '& strong': { fontWeight: theme.typography.fontWeightMedium } }),
    cause: css({ color: theme.colors.text.secondary }),
    frames: css({ listStyle: 'none', paddingLeft: theme.spacing(2) }),
    frame: css({ color: theme.colors.text.secondary }),
    own: css({
      color: theme.colors.text.primary,
      fontWeight: theme.typography.fontWeightMedium,
      paddingLeft: theme.spacing(1),
      marginLeft: theme.spacing(-1.25),
      borderLeft: `2px solid ${theme.colors.primary.main}`,
    }),
    path: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
    fold: css({
      padding: 0,
      border: 0,
      background: 'none',
      color: theme.colors.text.link,
      fontFamily: theme.typography.fontFamily,
      fontSize: theme.typography.bodySmall.fontSize,
      '&:hover': { textDecoration: 'underline' },
    }),
    note: css({ margin: 0, fontFamily: theme.typography.fontFamily, color: theme.colors.text.secondary }),
  };
}
