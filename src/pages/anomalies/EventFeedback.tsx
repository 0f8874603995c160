import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Button, Field, Input, TextArea, TextLink, useStyles2 } from '@grafana/ui';
import type { GetAnomalyEventResponse, Suppression } from '@loghunter/contracts';
import React, { useId, useState, type FormEvent } from 'react';
import { serverClient } from '../../api/server-client';
import { useAction } from '../../api/use-action';
import { useMay } from '../../api/use-role';
import { suppressionsPath } from '../../incident-paths';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { countOf } from '../../ui/number-format';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { Section } from '../../ui/Section';
import { Thumb, ThumbButton } from '../../ui/ThumbButton';

interface EventFeedbackProps {
  readonly answer: GetAnomalyEventResponse;
  readonly timeZone: string;
  readonly onChanged: () => void;
}

/** Was it worth telling? Thumbs down holds its like back for a while. */
export function EventFeedback({ answer, timeZone, onChanged }: EventFeedbackProps) {
  const styles = useStyles2(getStyles);
  const mayEdit = useMay('editor');
  const [isDown, setIsDown] = useState(false);
  const [made, setMade] = useState<Suppression | null>(null);
  const action = useAction(async (verdict: 'up' | 'down', reason: string, suppressDays?: number) => {
    const { suppression } = await serverClient().giveAnomalyFeedback({
      id: answer.event.id,
      verdict,
      reason,
      ...(suppressDays === undefined ? {} : { suppressDays }),
    });
    setMade(suppression);
    setIsDown(false);
    onChanged();
  });
  return (
    <Section
      title={t('anomalies.feedback.title', 'Was this worth telling?')}
      testId={incidentTestIds.anomalies.feedback}
    >
      <div className={styles.thumbs}>
        <ThumbButton
          direction="up"
          label={t('anomalies.feedback.yes', 'Yes')}
          disabled={mayEdit !== true || action.isBusy}
          onClick={() => void action.run('up', '')}
        />
        <ThumbButton
          direction="down"
          label={t('anomalies.feedback.no', 'No')}
          isPressed={isDown}
          disabled={mayEdit !== true || action.isBusy}
          onClick={() => setIsDown(!isDown)}
        />
        {mayEdit === false && <span className={styles.note}>{t('role.editor', 'Needs the role Editor')}</span>}
      </div>
      {isDown && <DownForm isBusy={action.isBusy} onSend={(reason, days) => void action.run('down', reason, days)} />}
      {action.error && <ProblemNotice error={action.error} />}
      {made && (
        <p className={styles.note} role="status">
          {t('anomalies.feedback.made', 'Its like is held back until {{time}}.', {
            time: dateTimeFormat(made.expiresAt, { timeZone, format: 'YYYY-MM-DD HH:mm' }),
          })}{' '}
          <TextLink href={suppressionsPath} inline>
            {t('anomalies.feedback.list', 'What is held back')}
          </TextLink>
        </p>
      )}
      <ul className={styles.given}>
        {answer.feedback.map(({ verdict, reason, by, at }) => (
          <li key={`${by} ${at}`}>
            <Thumb direction={verdict} /> {by}
            {reason !== '' && `: ${reason}`}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Long enough that a noisy week passes, short enough that a real change is not missed for a quarter. */
const usualDays = 14;
const maxDays = 365;

function DownForm({ isBusy, onSend }: { isBusy: boolean; onSend: (reason: string, days: number) => void }) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const [reason, setReason] = useState('');
  const [days, setDays] = useState(usualDays);

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    onSend(reason, days);
  }

  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      <Field label={t('anomalies.feedback.reason', 'Why not? (optional)')} noMargin>
        <TextArea
          id={`${id}-reason`}
          rows={2}
          maxLength={2000}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      </Field>
      <Field label={t('anomalies.feedback.days', 'Hold its like back for this many days')} noMargin>
        <Input
          id={`${id}-days`}
          type="number"
          min={1}
          max={maxDays}
          required
          value={days}
          onChange={(event) => setDays(Number(event.currentTarget.value))}
        />
      </Field>
      <Button type="submit" size="sm" variant="destructive" disabled={isBusy || days < 1 || days > maxDays}>
        {t('anomalies.feedback.send', 'Hold back for {{days}}', { days: countOf(days, 'day') })}
      </Button>
    </form>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const small = { fontSize: theme.typography.bodySmall.fontSize };
  return {
    thumbs: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
    note: css({ ...small, margin: theme.spacing(1, 0, 0), color: theme.colors.text.secondary }),
    form: css({
      display: 'flex',
      flexDirection: 'column',
      alignItems: 'stretch',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1),
    }),
    given: css({
      ...small,
      listStyle: 'none',
      '&:not(:empty)': { marginTop: theme.spacing(1) },
      overflowWrap: 'anywhere',
    }),
  };
}
