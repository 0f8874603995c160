import type { Fingerprinter } from '../fingerprints/index.ts';
import { joinEvents } from '../multiline/index.ts';
import { serviceOf, type LogEntry } from '../records/index.ts';
import { detectLevel } from '../severity/index.ts';
import { toEvidenceLine, type EvidenceLine } from './evidence-case.ts';

/**
 * Events of entries, in order of time, with what their text alone tells: no cluster is a stored one. Entries of one stream (equal
 * labels) are in order of time. One fingerprinter for all windows of a case, so that equal statements have equal steps.
 */
export function identifyEntries(entries: readonly LogEntry[], fingerprinter: Fingerprinter): EvidenceLine[] {
  const streams = Map.groupBy(entries, ({ labels }) => JSON.stringify(labels));
  return [...streams.values()]
    .flatMap((own) => joinEvents(own))
    .map((event) => {
      const [{ labels, metadata }] = event.entries;
      const identity = fingerprinter.identify(event);
      return toEvidenceLine(event, {
        ...serviceOf(labels),
        level: detectLevel(event.text, labels, metadata),
        clusterId: null,
        clusterKey: identity.fingerprint,
        templateText: identity.templateText,
      });
    })
    .toSorted((a, b) => a.atMs - b.atMs);
}
