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

/** A label with more values in one service says something else: Helm's `release` is a customer in some places. */
const mostVersions = 6;
/** Others must have written for so long before a version began. */
const aloneMs = 180_000;
/** Lines that a version would have written before it began, at the share that it has since: fewer may be missing by chance (5 %). */
const leastExpectedCount = 3;

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

/**
 * Versions that began to write when others had long written without them. What was silent by chance, and what has written from the
 * beginning, was not deployed in these windows.
 */
function findVersions(service: string, lines: readonly EvidenceLine[]): KnownDeploy[] {
  const versioned = readVersions(lines);
  const counts = new Map<string, number>();
  versioned.forEach(({ version }) => counts.set(version, (counts.get(version) ?? 0) + 1));
  const [first] = versioned;
  const known: string[] = [];
  const deploys: KnownDeploy[] = [];
  for (const [place, { version, atMs }] of versioned.entries()) {
    if (first === undefined || known.includes(version)) {
      continue;
    }
    const expectedCount = (place * (counts.get(version) ?? 0)) / (versioned.length - place);
    if (atMs - first.atMs >= aloneMs && expectedCount >= leastExpectedCount) {
      const before = known.at(-1) ?? '';
      deploys.push({ atMs, service, version, text: `${service} ${version} begins to write beside or after ${before}` });
    }
    known.push(version);
  }
  return deploys;
}

/** The version of each line that has one, from the first label whose values can be versions. */
function readVersions(
  lines: readonly EvidenceLine[]
): ReadonlyArray<{ readonly version: string; readonly atMs: number }> {
  for (const name of versionLabels) {
    const found = lines.flatMap(({ labels, atMs }) => {
      const version = labels[name] ?? '';
      return version === '' ? [] : [{ version, atMs }];
    });
    if (found.length > 0 && new Set(found.map(({ version }) => version)).size <= mostVersions) {
      return found;
    }
  }
  return [];
}
