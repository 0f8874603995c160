import { Field } from '@grafana/ui';
import React, { useMemo, useState } from 'react';
import { t } from '../../../translations';
import { VariableChip } from '../../../ui/TemplateText';
import { ChipChoice } from './ChipChoice';
import { ReachField, type Reach } from './ReachField';
import type { RuleFormProps } from './rule-form-props';
import { variablePlaces, type VariablePlace } from './words';

export function SplitForm({ answer, onChange }: RuleFormProps) {
  const { cluster } = answer;
  const places = useMemo(() => variablePlaces(cluster.template), [cluster.template]);
  const [chosen, setChosen] = useState<VariablePlace>();
  const [reach, setReach] = useState<Reach>('service');
  function change(place: VariablePlace | undefined, where: Reach) {
    setChosen(place);
    setReach(where);
    onChange(place && { kind: 'split', clusterId: cluster.id, variable: place.variable, reach: where });
  }
  if (places.length === 0) {
    return <p>{t('cluster.rule.noPlaces', 'The template has no variable places to split by.')}</p>;
  }
  return (
    <>
      <Field
        label={t('cluster.rule.place', 'Place whose value decides')}
        description={t(
          'cluster.rule.placeHint',
          'Best where a few values mean different things, such as a status code.'
        )}
      >
        <ChipChoice
          label={t('cluster.rule.place', 'Place whose value decides')}
          items={places.map((place) => ({
            key: String(place.variable),
            content: <Place place={place} />,
            value: place,
          }))}
          chosen={chosen}
          onChoose={(place) => change(place, reach)}
        />
      </Field>
      <ReachField service={cluster.service} reach={reach} onChange={(where) => change(chosen, where)} />
    </>
  );
}

function Place({ place }: { place: VariablePlace }) {
  return (
    <>
      {place.before}
      <VariableChip type={place.type} />
      {place.after}
    </>
  );
}
