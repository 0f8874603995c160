import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, FilterPill, useStyles2 } from '@grafana/ui';
import type { ListClustersResponse } from '@loghunter/contracts';
import React, { useEffect, useState } from 'react';
import { serverClient } from '../../api/server-client';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { exactCount } from '../../ui/number-format';
import { useToldWork } from '../../work-list/ToldWork';

interface UnseenFilterProps {
  readonly isOn: boolean;
  /** The list's latest answer: a newer one is a reason to count again. */
  readonly answer: ListClustersResponse | undefined;
  readonly timeZone: string;
  readonly onChange: (isOn: boolean) => void;
  readonly onSeen: () => void;
}

/** What became new, regressed or escalating since the reader last looked; "seen" is what they say themselves. */
export function UnseenFilter({ isOn, answer, timeZone, onChange, onSeen }: UnseenFilterProps) {
  const styles = useStyles2(getStyles);
  const { seenAt, unseenCount, markSeen } = useUnseen(answer);
  const told = useToldWork();
  if (seenAt === null) {
    return null;
  }
  const label = t('clusters.unseen.label', 'Since you last looked ({{count}})', { count: exactCount(unseenCount) });
  return (
    <div className={styles.filter} data-testid={testIds.clusters.unseenFilter} title={sinceText(seenAt, timeZone)}>
      <FilterPill label={label} selected={isOn} onClick={() => onChange(!isOn)} />
      {unseenCount > 0 && (
        <Button
          size="sm"
          fill="text"
          icon="eye"
          disabled={told.isBusy}
          onClick={() =>
            told.run(async () => {
              await markSeen();
              onSeen();
              return undefined;
            })
          }
        >
          {t('clusters.unseen.mark', 'Mark as seen')}
        </Button>
      )}
      {told.toast}
    </div>
  );
}

function sinceText(seenAt: string, timeZone: string): string {
  return t('clusters.unseen.since', 'New, regressed or escalating since {{time}}', {
    time: dateTimeFormat(seenAt, { timeZone, format: 'YYYY-MM-DD HH:mm' }),
  });
}

function useUnseen(answer: ListClustersResponse | undefined) {
  const [seenAt, setSeenAt] = useState<string | null>(null);
  const [unseenCount, setUnseenCount] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    async function begin() {
      const { seenAt: at } = await serverClient().getWorkListSeen({}, controller.signal);
      // Whoever never looked begins now: everything would be new to them.
      setSeenAt(at ?? (await serverClient().markWorkListSeen({}, controller.signal)).seenAt);
    }
    // The list itself tells what is wrong with the server.
    begin().catch(() => undefined);
    return () => controller.abort();
  }, []);

  const from = answer?.range.from;
  const to = answer?.range.to;
  useEffect(() => {
    if (from === undefined || to === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    serverClient()
      .listClusters({ from, to, service: [], namespace: [], level: [], unseen: 'true', limit: 1 }, controller.signal)
      .then(
        ({ totalClusterCount }) => setUnseenCount(totalClusterCount),
        () => undefined
      );
    return () => controller.abort();
  }, [from, to, seenAt]);

  async function markSeen() {
    const { seenAt: at } = await serverClient().markWorkListSeen({});
    setSeenAt(at);
    setUnseenCount(0);
  }

  return { seenAt, unseenCount, markSeen };
}

function getStyles(theme: GrafanaTheme2) {
  return { filter: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) }) };
}
