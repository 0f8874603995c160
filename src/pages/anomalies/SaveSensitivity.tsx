import { Button } from '@grafana/ui';
import type { ListSettingsResponse } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useRequest } from '../../api/use-request';
import { useMay } from '../../api/use-role';
import { t } from '../../translations';
import { ProblemNotice } from '../../ui/ProblemNotice';

/** Name of the tenant's setting that a rehearsal tries other values of. */
const settingName = 'anomalySensitivity';

interface SaveSensitivityProps {
  /** Undefined: nothing else than what is in force was chosen. */
  readonly sensitivity: number | undefined;
}

/** Lets what was rehearsed count from now on; says what does. */
export function SaveSensitivity({ sensitivity }: SaveSensitivityProps) {
  const mayAdminister = useMay('admin');
  const { answer, reload } = useRequest<ListSettingsResponse>('settings', (signal) =>
    serverClient().listSettings({}, signal)
  );
  const save = useAction(async (value: number) => {
    await serverClient().changeSetting({ name: settingName, value });
    reload();
  });
  const inForce = answer?.settings.find(({ name }) => name === settingName)?.value;
  if (inForce === undefined) {
    return null;
  }
  return (
    <>
      {sensitivity !== undefined && sensitivity !== inForce && (
        <Button
          variant="secondary"
          icon="save"
          disabled={mayAdminister !== true || save.isBusy}
          tooltip={mayAdminister === false ? t('role.admin', 'Needs the role Admin') : ''}
          onClick={() => void save.run(sensitivity)}
        >
          {t('anomalies.rehearsal.save', 'Let {{sensitivity}} count from now on', { sensitivity })}
        </Button>
      )}
      <span>{t('anomalies.rehearsal.in-force', 'In force: {{value}}', { value: inForce })}</span>
      {save.error && <ProblemNotice error={save.error} />}
    </>
  );
}
