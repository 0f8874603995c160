import { rankSuspects, type Deviation } from '@loghunter/engine/root-cause';
import { createOutput } from '../terminal/output.ts';
import { readCase } from './read-case.ts';

/** Findings that are told. */
const findingCount = 20;

/** `loghunter suspects FOLDER`: services by suspicion and the findings behind it, as one JSON object. */
export async function runSuspects(folder: string): Promise<void> {
  const { suspects } = rankSuspects(await readCase(folder));
  const output = createOutput();
  const document = {
    services: suspects.map(({ service, blame }) => ({ service, score: Math.round(blame * 1e4) / 1e4 })),
    findings: suspects
      .flatMap(({ deviations }) => deviations)
      .slice(0, findingCount)
      .map((deviation) => present(deviation)),
  };
  await output.write(`${JSON.stringify(document)}\n`);
  await output.flush();
}

// The service's own lines, and of an event its first one, which the folder has as one row.
function present({ service, channel, statement, baseline, incident, lines }: Deviation): object {
  const quoted = lines.filter(({ line }) => line.service === service).map(({ line }) => line.entry.line);
  const shown = { service, statement, baseline, incident, lines: quoted };
  switch (channel) {
    case 'calls': {
      return { ...shown, kind: 'metric', metric: 'network latency' };
    }
    case 'delay':
    case 'load': {
      return { ...shown, kind: 'metric', metric: 'cpu' };
    }
    default: {
      return { ...shown, kind: 'log' };
    }
  }
}
