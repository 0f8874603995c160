import { rankSuspects, type Finding } from '@loghunter/engine/root-cause';
import { createOutput } from '../terminal/output.ts';
import { readCase } from './read-case.ts';

/** `loghunter suspects FOLDER`: services by suspicion and the findings behind it, as one JSON object. */
export async function runSuspects(folder: string): Promise<void> {
  const { suspects, findings } = rankSuspects(await readCase(folder));
  const output = createOutput();
  const document = {
    services: suspects.map(({ service, score }) => ({ service, score: Math.round(score * 1e4) / 1e4 })),
    findings: findings.map((finding) => present(finding)),
  };
  await output.write(`${JSON.stringify(document)}\n`);
  await output.flush();
}

function present(finding: Finding): Readonly<Record<string, unknown>> {
  const { service } = finding;
  switch (finding.kind) {
    case 'order': {
      const { step, next, kind, baselineShare, incidentShare } = finding.change;
      return {
        service,
        kind: 'log',
        lines: finding.lines.map(({ text }) => text),
        change: kind,
        after: step,
        step: next,
        baselineShare,
        incidentShare,
      };
    }
    case 'calls': {
      return { service, kind: 'metric', metric: 'network latency', calls: finding.calls.calls };
    }
    case 'processor': {
      return { service, kind: 'metric', metric: 'cpu', deviations: finding.deviations };
    }
  }
}
