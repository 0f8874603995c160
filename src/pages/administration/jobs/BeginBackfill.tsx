import { Button, Field, Input, Stack } from '@grafana/ui';
import React, { useId, useState } from 'react';
import { serverClient } from '../../../api/server-client';
import { t } from '../../../translations';

const dayMs = 86_400_000;
/** As far back as a retention may be. */
const maxDays = 3650;

interface BeginBackfillProps {
  readonly isBusy: boolean;
  readonly onBegin: (work: () => Promise<unknown>) => Promise<void>;
}

/** Begins the job that reads lines from before the first that were read. */
export function BeginBackfill({ isBusy, onBegin }: BeginBackfillProps) {
  const id = useId();
  const [text, setText] = useState('7');
  const days = /^\d+$/.test(text) ? Number(text) : 0;
  const isValid = days >= 1 && days <= maxDays;
  return (
    <Stack alignItems="flex-end" gap={1}>
      <Field
        htmlFor={id}
        label={t('administration.jobs.backfill-days', 'Days back from now')}
        noMargin
        invalid={!isValid}
        error={t('administration.jobs.backfill-invalid', 'A whole number of days, 1 to {{most}}', { most: maxDays })}
      >
        <Input id={id} width={10} value={text} onChange={({ currentTarget }) => setText(currentTarget.value)} />
      </Field>
      <Button
        variant="secondary"
        disabled={isBusy || !isValid}
        onClick={() =>
          void onBegin(() => serverClient().startJob({ kind: 'backfill', since: String(Date.now() - days * dayMs) }))
        }
      >
        {t('administration.jobs.backfill', 'Read older lines')}
      </Button>
    </Stack>
  );
}
