import { dateTimeFormat } from '@grafana/data';
import { Combobox, type ComboboxOption } from '@grafana/ui';
import type { Deploy } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { t } from '../../translations';
import { deployRanges, type MsRange } from './compare-settings';

interface DeployChoiceProps {
  readonly timeZone: string;
  readonly onChoose: (ranges: { readonly before: MsRange; readonly after: MsRange }) => void;
}

const weekMs = 7 * 24 * 3_600_000;
const maxDeploys = 100;

/** Compares the time after a deploy with the time right before it. */
export function DeployChoice({ timeZone, onChoose }: DeployChoiceProps) {
  async function options(text: string): Promise<Array<ComboboxOption<string>>> {
    const nowMs = Date.now();
    const { deploys } = await serverClient().listDeploys({
      from: String(nowMs - weekMs),
      to: String(nowMs),
      service: [],
      limit: maxDeploys,
    });
    const named = deploys.map((deploy) => ({ value: deploy.deployedAt, label: deployName(deploy, timeZone) }));
    return named.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
  }
  const label = t('compare.deploy.label', 'Before and after a deploy …');
  return (
    <div style={{ width: 260 }}>
      <Combobox
        aria-label={label}
        placeholder={label}
        value={null}
        options={options}
        onChange={({ value }) => onChoose(deployRanges(Date.parse(value), Date.now()))}
      />
    </div>
  );
}

function deployName({ service, version, deployedAt }: Deploy, timeZone: string): string {
  return `${service} ${version}, ${dateTimeFormat(deployedAt, { timeZone, format: 'MM-DD HH:mm' })}`;
}
