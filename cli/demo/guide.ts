import type { Timeline } from './shop/timeline.ts';

/** Address of the Clusters page for a range. */
export function clustersPageUrl(baseUrl: string, from: string, to: string): string {
  return `${baseUrl}/a/loghunter-app/clusters?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
}

/** Three lines on what there is to see in the shop. */
export function shopGuide(timeline: Timeline): readonly string[] {
  const clock = (atMs: number) => `${new Date(atMs).toISOString().slice(11, 16)} UTC`;
  const minutesAfter = Math.round((timeline.exhaustionMs - timeline.deployMs) / 60_000);
  return [
    `Twelve and more services, six hours up to now. At ${clock(timeline.deployMs)} payments 2.15.0 was deployed; ${minutesAfter} minutes later its database pool runs dry.`,
    `Sort by first seen or look for "new": payments 'pool exhausted' comes first, then checkout's PaymentUnavailableException, then 502 at the storefront.`,
    `Open one of them: trend, lines from the log store, and why each line is there. New lines keep coming; the shop rolls back at ${clock(timeline.rollbackMs)}.`,
  ];
}

/** The same for the user's own files. */
export function filesGuide(lineCount: number, fromMs: number, toMs: number): readonly string[] {
  const time = (atMs: number) => `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')}`;
  return [
    `${lineCount} lines from ${time(fromMs)} to ${time(toMs)} UTC, grouped into clusters.`,
    'Sort by level or count; the text field looks for parts of templates.',
    'Open a cluster: trend, its lines, and why each line is there.',
  ];
}

/** How explanations in words are had; the demo is whole without them. */
export const modelGuide =
  'No language model is needed. With Ollama on this machine (ollama pull qwen2.5:7b) an analysis can be put into words; nothing leaves the machine.';
