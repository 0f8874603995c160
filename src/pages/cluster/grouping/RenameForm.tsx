import { Field, Input } from '@grafana/ui';
import React, { useState } from 'react';
import { t } from '../../../translations';
import type { RuleFormProps } from './rule-form-props';

const maxTitleLength = 200;

export function RenameForm({ answer, onChange }: RuleFormProps) {
  const { cluster } = answer;
  const [title, setTitle] = useState(cluster.title ?? '');
  function change(typed: string) {
    setTitle(typed);
    const isChanged = typed.trim() !== (cluster.title ?? '');
    onChange(isChanged ? { kind: 'rename', clusterId: cluster.id, title: typed.trim() } : undefined);
  }
  return (
    <Field
      label={t('cluster.rule.titleLabel', 'Title')}
      description={t('cluster.rule.titleHint', 'Empty: the template alone is its name again.')}
    >
      <Input
        id="loghunter-cluster-title"
        autoFocus
        value={title}
        maxLength={maxTitleLength}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </Field>
  );
}
