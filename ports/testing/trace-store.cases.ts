import type { CaseSpan } from '@loghunter/engine/root-cause';
import { expect } from 'vitest';
import type { TraceStore } from '../trace-store.ts';
import type { ContractCase } from './contract-case.ts';

const atMs = Date.UTC(2026, 10, 20, 10);
const signal = new AbortController().signal;

/** A span, with the given differences. */
export function aSpan(changes: Partial<CaseSpan> = {}): CaseSpan {
  return {
    ...{ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', parentId: '', service: 'checkout' },
    ...{ operation: 'POST /orders', startMs: atMs, endMs: atMs + 120.25 },
    ...changes,
  };
}

/** Two traces: checkout calls payments, and search by itself an hour later. */
export const sampleSpans: readonly CaseSpan[] = [
  aSpan(),
  aSpan({
    ...{ spanId: '00f067aa0ba902b8', parentId: '00f067aa0ba902b7', service: 'payments' },
    ...{ operation: 'charge', startMs: atMs + 10.5, endMs: atMs + 100 },
  }),
  aSpan({
    ...{ traceId: '5bf92f3577b34da6a3ce929d0e0e4737', spanId: '11f067aa0ba902b7', service: 'search' },
    ...{ operation: 'GET /search', startMs: atMs + 3_600_000, endMs: atMs + 3_600_007 },
  }),
];

const search = { service: 'payments', fromMs: atMs - 1000, toMs: atMs + 60_000, limit: 10, signal };
const byStart = (spans: readonly CaseSpan[]) => spans.toSorted((a, b) => a.startMs - b.startMs);

/** What stores of traces do that hold {@link sampleSpans}. */
export const traceStoreCases: ReadonlyArray<ContractCase<TraceStore>> = [
  {
    title: 'a trace comes with all its spans, their parents, services and times to the microsecond',
    async run(store) {
      expect(byStart(await store.readTrace('4bf92f3577b34da6a3ce929d0e0e4736', signal))).toEqual(
        sampleSpans.slice(0, 2)
      );
    },
  },
  {
    title: 'a trace that nobody has is empty',
    async run(store) {
      expect(await store.readTrace('ffffffffffffffffffffffffffffffff', signal)).toEqual([]);
    },
  },
  {
    title: 'traces of a service come whole, with what other services did in them',
    async run(store) {
      expect(byStart(await store.findSpans(search))).toEqual(sampleSpans.slice(0, 2));
    },
  },
  {
    title: 'traces outside the range, and of a service that has none, are none',
    async run(store) {
      expect(await store.findSpans({ ...search, service: 'search' })).toEqual([]);
      expect(await store.findSpans({ ...search, service: 'a "quoted" name' })).toEqual([]);
    },
  },
];
