import { locationService } from '@grafana/runtime';
import { Button, Dropdown } from '@grafana/ui';
import type { Analysis } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { investigationsPath } from '../../incident-paths';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { InvestigationMenu } from './InvestigationMenu';

/** The server takes no longer title. */
const maxTitleLength = 200;

/** Puts an analysis into an investigation that is open, or begins one with it. */
export function AttachToInvestigation({ analysis }: { analysis: Analysis }) {
  const mayEdit = useMay('editor');
  const [isOpen, setIsOpen] = useState(false);
  const action = useAction(async (investigationId: string | undefined) => {
    const id = investigationId === undefined ? await beginWith(analysis) : await attach(investigationId, analysis.id);
    locationService.push(`${investigationsPath}/${id}`);
  });
  return (
    <>
      <Dropdown
        placement="bottom-end"
        onVisibleChange={setIsOpen}
        overlay={isOpen ? <InvestigationMenu onChoose={(id) => void action.run(id)} /> : <></>}
      >
        <Button
          size="sm"
          variant="secondary"
          icon="book"
          disabled={mayEdit !== true || action.isBusy}
          tooltip={mayEdit === false ? t('role.editor', 'Needs the role Editor') : ''}
        >
          {t('rootCause.attach.label', 'To investigation')}
        </Button>
      </Dropdown>
      {action.error && <ProblemNotice error={action.error} />}
    </>
  );
}

async function beginWith(analysis: Analysis): Promise<string> {
  const { incident, subject, subjectText, suspect } = analysis;
  const { id } = await serverClient().createInvestigation({
    title: subjectText.slice(0, maxTitleLength),
    ...incident,
    analysisId: analysis.id,
    ...(suspect === null ? {} : { services: [suspect] }),
    ...(subject.kind === 'incident' ? { incidentId: subject.id } : {}),
  });
  return id;
}

async function attach(investigationId: string, analysisId: string): Promise<string> {
  await serverClient().attachAnalysis({ id: investigationId, analysisId });
  return investigationId;
}
