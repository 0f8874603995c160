import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { ConfirmButton, Icon, LoadingPlaceholder, useStyles2, type IconName } from '@grafana/ui';
import type { HistoryEntry, ListClusterHistoryResponse } from '@loghunter/contracts';
import React from 'react';
import type { RequestState } from '../../api/latest-request';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { CommentForm } from './CommentForm';
import { historyText } from './history-words';

interface ClusterHistoryProps {
  readonly clusterId: string;
  readonly request: RequestState<ListClusterHistoryResponse>;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

/** What happened to the cluster and what people said about it, newest first. */
export function ClusterHistory({ clusterId, request, timeZone, onChanged }: ClusterHistoryProps) {
  const styles = useStyles2(getStyles);
  const { answer, error, isLoading } = request;
  return (
    <div className={styles.history} data-testid={testIds.cluster.history} aria-busy={isLoading}>
      <CommentForm clusterId={clusterId} onWritten={onChanged} />
      {error && <ProblemNotice error={error} onRetry={onChanged} />}
      {answer === undefined && isLoading && (
        <LoadingPlaceholder text={t('cluster.history.loading', 'Loading history …')} />
      )}
      {answer?.entries.length === 0 && (
        <p className={styles.note}>
          {t(
            'cluster.history.none',
            'Nothing has happened yet. States, assignments, rules and comments will be listed here.'
          )}
        </p>
      )}
      <ol className={styles.entries}>
        {answer?.entries.map((entry) => (
          <Entry key={`${entry.kind} ${entry.id}`} entry={entry} timeZone={timeZone} onChanged={onChanged} />
        ))}
      </ol>
    </div>
  );
}

const icons: Readonly<Record<HistoryEntry['kind'], IconName>> = {
  state: 'exchange-alt',
  assignment: 'user',
  comment: 'comment-alt',
  rule: 'layer-group',
  'rule-undone': 'history-alt',
};

interface EntryProps {
  readonly entry: HistoryEntry;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

function Entry({ entry, timeZone, onChanged }: EntryProps) {
  const styles = useStyles2(getStyles);
  const format = (at: string) => dateTimeFormat(at, { timeZone, format: 'YYYY-MM-DD HH:mm' });
  return (
    <li className={styles.entry}>
      <Icon name={icons[entry.kind]} className={styles.icon} />
      <div>
        <div className={styles.text}>{historyText(entry, format)}</div>
        <div className={styles.note}>
          {entry.by === '' ? t('cluster.history.itself', 'LogHunter') : entry.by},{' '}
          <time dateTime={entry.at}>{format(entry.at)}</time>{' '}
          {entry.kind === 'comment' && <DeleteComment comment={entry} onDeleted={onChanged} />}
        </div>
      </div>
    </li>
  );
}

interface DeleteCommentProps {
  readonly comment: Extract<HistoryEntry, { kind: 'comment' }>;
  readonly onDeleted: () => void;
}

/** Takes one's own comment back, or anybody's for an administrator; asks first, because nothing brings it back. */
function DeleteComment({ comment, onDeleted }: DeleteCommentProps) {
  const isEditor = useMay('editor') === true;
  const isAdministrator = useMay('admin') === true;
  const remove = useAction(async () => {
    await serverClient().deleteComment({ id: comment.id });
    onDeleted();
  });
  if (!isAdministrator && !(isEditor && comment.isMine)) {
    return null;
  }
  return (
    <>
      <ConfirmButton
        size="sm"
        confirmText={t('cluster.comment.confirm', 'Delete')}
        confirmVariant="destructive"
        disabled={remove.isBusy}
        onConfirm={() => void remove.run()}
      >
        {t('cluster.comment.delete', 'Delete comment')}
      </ConfirmButton>
      {remove.error && <ProblemNotice error={remove.error} />}
    </>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    history: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5) }),
    entries: css({ listStyle: 'none' }),
    entry: css({
      display: 'flex',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1, 0),
      borderTop: `1px solid ${theme.colors.border.weak}`,
    }),
    icon: css({ flex: 'none', marginTop: 3, color: theme.colors.text.secondary }),
    text: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
    note: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
