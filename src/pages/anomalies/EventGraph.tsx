import { useTheme2 } from '@grafana/ui';
import type { AnomalyEvent, Deploy, SeriesBand } from '@loghunter/contracts';
import React, { useMemo } from 'react';
import { incidentTestIds } from '../../incident-test-ids';
import { t } from '../../translations';
import { BandGraph } from '../../ui/band-graph/BandGraph';
import { shortCount } from '../../ui/number-format';
import { metricWords } from './anomaly-words';
import { deployMarks, eventSpans, seriesPoints, seriesRange } from './series-points';

interface EventGraphProps {
  readonly series: SeriesBand;
  readonly service: string;
  readonly events: readonly AnomalyEvent[];
  readonly deploys: readonly Deploy[];
  readonly timeZone: string;
  readonly heightPx?: number;
}

/** A series with its band, the events found in it, and the deploys around. */
export function EventGraph({ series, service, events, deploys, timeZone, heightPx = 240 }: EventGraphProps) {
  const theme = useTheme2();
  const points = useMemo(() => seriesPoints(series), [series]);
  const range = useMemo(() => seriesRange(series), [series]);
  const unit = stepWords(series.stepMs);
  const label = t('anomalies.graph.label', '{{metric}} of {{service}} with the usual range, per {{unit}}', {
    metric: metricWords(series.metric),
    service,
    unit,
  });
  return (
    <div data-testid={incidentTestIds.anomalies.graph}>
      <BandGraph
        label={label}
        points={points}
        range={range}
        timeZone={timeZone}
        formatValue={formatCount}
        spans={eventSpans(events, range.toMs, theme)}
        deploys={deployMarks(deploys)}
        heightPx={heightPx}
      />
    </div>
  );
}

// Outside the component: a new function on each render would build the plot anew.
function formatCount(value: number): string {
  return shortCount(Math.round(value * 10) / 10);
}

const minuteMs = 60_000;

/** `minute`, `5 minutes`, `hour`: what one step of a graph counts. */
export function stepWords(stepMs: number): string {
  const minutes = Math.round(stepMs / minuteMs);
  if (minutes <= 1) {
    return t('anomalies.step.minute', 'minute');
  }
  return minutes === 60
    ? t('anomalies.step.hour', 'hour')
    : t('anomalies.step.minutes', '{{minutes}} minutes', { minutes });
}
