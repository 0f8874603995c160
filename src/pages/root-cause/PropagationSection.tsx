import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { Propagation } from '@loghunter/contracts';
import React from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { PropagationGraph } from '../../ui/evidence/PropagationGraph';
import { Section } from '../../ui/Section';

interface PropagationSectionProps {
  readonly propagation: Propagation;
  readonly suspect: string | null;
  readonly timeZone: string;
}

/** Who was reached by the trouble, and from whom. */
export function PropagationSection({ propagation, suspect, timeZone }: PropagationSectionProps) {
  const styles = useStyles2(getStyles);
  const { basis, weakness, services, edges } = propagation;
  const drawn = services.filter(
    ({ service, role }) => role !== 'unaffected' || edges.some(({ from, to }) => from === service || to === service)
  );
  if (basis === 'none' || drawn.length === 0) {
    return null;
  }
  return (
    <Section title={t('rootCause.propagation.title', 'How it spread')} testId={incidentTestIds.rootCause.propagation}>
      <p className={styles.note}>
        {basis === 'traces'
          ? t(
              'rootCause.propagation.traces',
              'From traces: spans where they are looked at, the ids of requests in the lines otherwise.'
            )
          : t(
              'rootCause.propagation.time-order',
              'From the order in time only: dashed, because nothing proves it.'
            )}{' '}
        {weakness}
      </p>
      <PropagationGraph
        nodes={drawn.map(({ service, role, firstDeviationAt }) => ({
          id: service,
          name: service,
          note: noteOf(role, firstDeviationAt, timeZone),
          isSuspect: service === suspect,
        }))}
        edges={edges.map(({ from, to, count, affectedCount }) => ({
          from,
          to,
          isWeak: basis !== 'traces',
          label: t('rootCause.propagation.edge', '{{affected}} of {{count}} requests deviated', {
            affected: affectedCount,
            count,
          }),
        }))}
      />
    </Section>
  );
}

function noteOf(
  role: Propagation['services'][number]['role'],
  firstDeviationAt: string | null,
  timeZone: string
): string {
  if (firstDeviationAt === null) {
    return t('rootCause.propagation.unaffected', 'not affected');
  }
  const time = dateTimeFormat(firstDeviationAt, { timeZone, format: 'HH:mm:ss' });
  return role === 'origin'
    ? t('rootCause.propagation.origin', 'began here, {{time}}', { time })
    : t('rootCause.propagation.affected', 'since {{time}}', { time });
}

function getStyles(theme: GrafanaTheme2) {
  return {
    note: css({
      margin: theme.spacing(0, 0, 1),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
