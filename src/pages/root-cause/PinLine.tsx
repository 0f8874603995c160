import { Dropdown, IconButton } from '@grafana/ui';
import type { QuotedLine } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { InvestigationMenu } from './InvestigationMenu';

/** The server takes no longer title. */
const maxTitleLength = 200;

/** Copies a line into an investigation, where it outlives the log store's retention. */
export function PinLine({ line }: { line: QuotedLine }) {
  const mayEdit = useMay('editor');
  const [isOpen, setIsOpen] = useState(false);
  const [isPinned, setIsPinned] = useState(false);
  const pin = useAction(async (investigationId: string | undefined) => {
    const { labels, timestampNs, hash, text, at } = line;
    const id =
      investigationId ??
      (
        await serverClient().createInvestigation({
          title: text.slice(0, maxTitleLength),
          from: at,
          services: line.service === '' ? [] : [line.service],
        })
      ).id;
    await serverClient().pinLine({ id, labels, timestampNs, hash });
    setIsPinned(true);
  });
  if (mayEdit !== true) {
    return null;
  }
  return (
    <>
      <Dropdown
        placement="bottom-end"
        onVisibleChange={setIsOpen}
        overlay={isOpen ? <InvestigationMenu onChoose={(id) => void pin.run(id)} /> : <></>}
      >
        <IconButton
          name={isPinned ? 'check' : 'bookmark'}
          size="sm"
          disabled={pin.isBusy}
          tooltip={isPinned ? t('rootCause.pin.done', 'Pinned') : t('rootCause.pin.label', 'Pin to an investigation')}
        />
      </Dropdown>
      {pin.error && <ProblemNotice error={pin.error} />}
    </>
  );
}
