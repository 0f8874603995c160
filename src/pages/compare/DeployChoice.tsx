import { dateTimeFormat } from '@grafana/data';
import { Combobox, type ComboboxOption } from '@grafana/ui';
import type { Deploy } from '@loghunter/contracts';
import React, { useId, useRef } from 'react';
import { serverClient } from '../../api/server-client';
import { t } from '../../translations';
import { deployRanges, type MsRange } from './compare-settings';

interface DeployChoiceProps {
  readonly timeZone: string;
  /** Id of the deploy that is compared around; empty: none. */
  readonly chosen: string;
  /** The same with its name, once the server has told it. */
  readonly deploy: Deploy | undefined;
  readonly onChoose: (ranges: { readonly before: MsRange; readonly after: MsRange }, deploy: string) => void;
}

const weekMs = 7 * 24 * 3_600_000;
const maxDeploys = 100;

/** Compares the time after a deploy with the time right before it. */
export function DeployChoice({ timeZone, chosen, deploy: named, onChoose }: DeployChoiceProps) {
  const known = useRef<ReadonlyMap<string, Deploy>>(new Map());
  async function options(text: string): Promise<Array<ComboboxOption<string>>> {
    const nowMs = Date.now();
    const { deploys } = await serverClient().listDeploys({
      from: String(nowMs - weekMs),
      to: String(nowMs),
      service: [],
      limit: maxDeploys,
    });
    known.current = new Map(deploys.map((deploy) => [deploy.id, deploy]));
    const all = deploys.map((deploy) => ({ value: deploy.id, label: deployName(deploy, timeZone) }));
    return all.filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()));
  }
  const chosenName =
    named?.id === chosen ? deployName(named, timeZone) : t('compare.deploy.chosen', 'The chosen deploy');
  const labelId = useId();
  const label = t('compare.deploy.label', 'Before and after a deploy …');
  return (
    <div style={{ width: 260 }}>
      <span id={labelId} hidden>
        {label}
      </span>
      <Combobox
        aria-labelledby={labelId}
        placeholder={label}
        value={chosen === '' ? null : { value: chosen, label: chosenName }}
        options={options}
        onChange={({ value }) => {
          const deploy = known.current.get(value);
          if (deploy) {
            onChoose(deployRanges(Date.parse(deploy.deployedAt), Date.now()), deploy.id);
          }
        }}
      />
    </div>
  );
}

function deployName({ service, version, deployedAt }: Deploy, timeZone: string): string {
  return `${service} ${version}, ${dateTimeFormat(deployedAt, { timeZone, format: 'MM-DD HH:mm' })}`;
}
