// Deploys that somebody told of, and those that the labels of the lines show.
import type { EvidenceCase, EvidenceLine, KnownDeploy } from './evidence-case.ts';

/** Labels that say which version writes. */
const versionLabels = [
  'version',
  'app_version',
  'service_version',
  'release',
  'image_tag',
  'app_kubernetes_io_version',
];
/** A told and a seen deploy of one service this close are one. */
const sameMs = 600_000;

/** Deploys of both windows, oldest first. */
export function findDeploys(evidence: EvidenceCase): KnownDeploy[] {
  const seen = [
    ...Map.groupBy([...evidence.baseline.lines, ...evidence.incident.lines], ({ service }) => service),
  ].flatMap(([service, lines]) => findVersions(service, lines));
  const unknown = seen.filter(
    (deploy) =>
      !evidence.deploys.some((told) => told.service === deploy.service && Math.abs(told.atMs - deploy.atMs) < sameMs)
  );
  return [...evidence.deploys, ...unknown].toSorted((a, b) => a.atMs - b.atMs || (a.service < b.service ? -1 : 1));
}

/** A version that begins to write when another one has written. */
function findVersions(service: string, lines: readonly EvidenceLine[]): KnownDeploy[] {
  const known = new Set<string>();
  const deploys: KnownDeploy[] = [];
  for (const { labels, atMs } of lines) {
    const version = versionLabels.map((name) => labels[name]).find((value) => value !== undefined && value !== '');
    if (version === undefined || known.has(version)) {
      continue;
    }
    const [before] = known.size === 0 ? [] : [...known].slice(-1);
    known.add(version);
    if (before !== undefined) {
      deploys.push({ atMs, service, version, text: `${service} ${version} begins to write beside or after ${before}` });
    }
  }
  return deploys;
}
