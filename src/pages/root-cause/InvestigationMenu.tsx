import { Menu } from '@grafana/ui';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { t } from '../../translations';

/** As many as a menu holds. */
const offeredCount = 10;

/** Investigations that are open, and a new one (undefined). */
export function InvestigationMenu({ onChoose }: { onChoose: (investigationId: string | undefined) => void }) {
  const { answer } = useRequest('open investigations', (signal) =>
    serverClient().listInvestigations({ state: 'open', limit: offeredCount, offset: 0 }, signal)
  );
  return (
    <Menu>
      <Menu.Item
        icon="plus"
        label={t('rootCause.attach.new', 'New investigation')}
        onClick={() => onChoose(undefined)}
      />
      {answer && answer.investigations.length > 0 && <Menu.Divider />}
      {answer?.investigations.map(({ id, title }) => (
        <Menu.Item key={id} label={title} onClick={() => onChoose(id)} />
      ))}
    </Menu>
  );
}
