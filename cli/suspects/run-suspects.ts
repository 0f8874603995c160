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

function present({ service, channel, statement, baseline, incident, lines }: Deviation): object {
  const shown = { service, statement, baseline, incident, lines: lines.map(({ line }) => line.text) };
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
