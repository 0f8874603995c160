import { Field, RadioButtonGroup } from '@grafana/ui';
import React from 'react';
import { t } from '../../../translations';

export type Reach = 'service' | 'everywhere';

interface ReachFieldProps {
  readonly service: string;
  readonly reach: Reach;
  readonly onChange: (reach: Reach) => void;
}

/** Where a mask or split holds. */
export function ReachField({ service, reach, onChange }: ReachFieldProps) {
  const own =
    service === ''
      ? t('cluster.rule.reachOwn', 'In this service')
      : t('cluster.rule.reachService', 'In {{service}}', { service });
  return (
    <Field label={t('cluster.rule.reach', 'Where it holds')}>
      <RadioButtonGroup
        value={reach}
        options={[
          { value: 'service', label: own },
          { value: 'everywhere', label: t('cluster.rule.reachEverywhere', 'For the same lines of every service') },
        ]}
        onChange={onChange}
      />
    </Field>
  );
}
