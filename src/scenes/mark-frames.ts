import { DataTopic, FieldType, type DataFrame } from '@grafana/data';
import type { AnomalyEvent, AnomalySeverity, Deploy } from '@loghunter/contracts';
import { t } from '../translations';
import { severityWord } from '../ui/incident/severity-style';

/** Grafana's names of colours. */
const deployColor = 'blue';
const severityColors: Readonly<Record<AnomalySeverity, string>> = {
  low: 'yellow',
  medium: 'orange',
  high: 'red',
  critical: 'dark-red',
};

interface Mark {
  readonly startMs: number;
  /** Equal to the start for a moment. */
  readonly endMs: number;
  readonly title: string;
  readonly text: string;
  readonly color: string;
}

/** Deploys as moments and anomalies as stretches, in the form of Grafana's annotations; nothing when there are none. */
export function marksToFrames(deploys: readonly Deploy[], events: readonly AnomalyEvent[]): DataFrame[] {
  const marks = [...deploys.map(deployMark), ...events.map(eventMark)];
  if (marks.length === 0) {
    return [];
  }
  const field = (name: string, type: FieldType, value: (mark: Mark) => unknown) => ({
    name,
    type,
    config: {},
    values: marks.map(value),
  });
  return [
    {
      name: 'loghunter marks',
      length: marks.length,
      meta: { dataTopic: DataTopic.Annotations },
      fields: [
        field('time', FieldType.time, ({ startMs }) => startMs),
        field('timeEnd', FieldType.time, ({ endMs }) => endMs),
        field('isRegion', FieldType.boolean, ({ startMs, endMs }) => endMs > startMs),
        field('title', FieldType.string, ({ title }) => title),
        field('text', FieldType.string, ({ text }) => text),
        field('color', FieldType.string, ({ color }) => color),
      ],
    },
  ];
}

function deployMark({ service, version, deployedAt }: Deploy): Mark {
  const atMs = Date.parse(deployedAt);
  return {
    startMs: atMs,
    endMs: atMs,
    title: t('marks.deploy', 'Deploy {{version}}', { version }),
    text: service,
    color: deployColor,
  };
}

function eventMark({ title, severity, startedAt, endedAt }: AnomalyEvent): Mark {
  const startMs = Date.parse(startedAt);
  return {
    startMs,
    endMs: endedAt === null ? startMs : Date.parse(endedAt),
    title: severityWord(severity),
    text: title,
    color: severityColors[severity],
  };
}
