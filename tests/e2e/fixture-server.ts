// A small server that answers the contract with made-up clusters. Used where a test needs an answer that the real server
// gives only after a fault or a long wait.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cluster, ClusterLine, Level, ListClustersResponse, TemplatePart } from '@loghunter/contracts';

const minuteMs = 60_000;

interface Shape {
  readonly service: string;
  readonly namespace: string;
  readonly level: Level;
  readonly parts: readonly (string | { readonly type: string })[];
  readonly weight: number;
}
const v = (type: string) => ({ type });
const shapes: readonly Shape[] = [
  { service: 'checkout', namespace: 'shop', level: 'error', weight: 40, parts: ['Payment for order ', v('uuid'), ' declined by ', v('word'), ' after ', v('duration')] },
  { service: 'checkout', namespace: 'shop', level: 'error', weight: 12, parts: ['java.lang.IllegalStateException: cart ', v('number'), ' has no owner\n\tat shop.Cart.owner(Cart.java:', v('number'), ')\n\tat shop.Checkout.pay(Checkout.java:41)\n\tat shop.Checkout.run(Checkout.java:20)\n\tat java.base/java.lang.Thread.run(Thread.java:840)\nCaused by: java.lang.NullPointerException\n\tat shop.Owners.find(Owners.java:9)\n\t... 12 more'] },
  { service: 'web', namespace: 'edge', level: 'info', weight: 900, parts: [v('ip'), ' - - GET ', v('path'), ' HTTP/1.1 ', v('number'), ' ', v('size')] },
  { service: 'payments', namespace: 'shop', level: 'warn', weight: 80, parts: ['level=warn msg="retrying gateway" attempt=', v('number'), ' host=', v('hostname')] },
  { service: 'catalog', namespace: 'shop', level: 'debug', weight: 300, parts: ['cache miss for key ', v('quoted'), ' in ', v('duration')] },
  { service: 'auth', namespace: 'shop', level: 'fatal', weight: 2, parts: ['signing key ', v('path'), ' cannot be read, giving up'] },
];
const many: Shape[] = Array.from({ length: 120 }, (_, i) => ({
  service: 'inventory',
  namespace: 'shop',
  level: 'info',
  weight: 1 + (i % 7),
  parts: [`stock level of warehouse ${String.fromCharCode(65 + (i % 26))}${i} changed to `, v('number')],
}));
const all = [...shapes, ...many];
const idOf = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;

function clusterAt(index: number, fromMs: number, toMs: number): Cluster {
  const shape = all[index] ?? all[0]!;
  const template = shape.parts.map((part): TemplatePart => (typeof part === 'string' ? { kind: 'text', text: part } : { kind: 'variable', type: part.type }));
  const stepMs = Math.max(minuteMs, Math.ceil((toMs - fromMs) / 40 / minuteMs) * minuteMs);
  const counts = Array.from({ length: Math.ceil((toMs - fromMs) / stepMs) }, (_, i) => Math.max(0, Math.round(shape.weight * (1 + Math.sin(i / 4 + index)) + (i === 30 ? shape.weight * 3 : 0))));
  const eventCount = counts.reduce((a, b) => a + b, 0);
  return {
    id: idOf(index), service: shape.service, namespace: shape.namespace, level: shape.level, template,
    templateText: template.map((p) => (p.kind === 'text' ? p.text : '<*>')).join('').replaceAll('\n', ' '),
    firstSeen: new Date(toMs - (index % 3 === 0 ? 25 : 9000) * minuteMs).toISOString(), lastSeen: new Date(toMs - 40_000 - index * 1000).toISOString(),
    isNew: index % 3 === 0, eventCount, lineCount: eventCount + (index === 1 ? eventCount * 9 : 0), share: Math.min(1, eventCount / 90_000),
    trend: { start: new Date(fromMs).toISOString(), stepMs, counts },
  };
}

export async function startFixtureServer(port = 0) {
  const server = createServer((request, answer) => {
    const url = new URL(request.url ?? '/', 'http://fixture');
    const q = url.searchParams;
    const toMs = Number(q.get('to') ?? Date.now());
    const fromMs = Number(q.get('from') ?? toMs - 3_600_000);
    const range = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
    const json = (body: unknown, status = 200) => answer.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const part = /^\/api\/v1\/clusters(?:\/([^/]+)(?:\/(\w+))?)?$/.exec(url.pathname);
    const query = { expression: '{service_name="checkout"} |= "Payment for order " |= " declined by "', range, isExact: false };
    if (url.pathname === '/api/v1/services') {
      const seen = new Map(all.map((s) => [s.service, { service: s.service, namespace: s.namespace }]));
      const wanted = q.getAll('namespace');
      return json({ services: [...seen.values()].filter((s) => wanted.length === 0 || wanted.includes(s.namespace)) });
    }
    if (url.pathname === '/api/v1/health') {
      return json({ status: 'ok', version: '0.1.0', target: 'all', storage: 'pglite', logStore: 'embedded', startedAt: range.from, readUpTo: new Date(Date.now() - 12_000).toISOString(), components: ['database', 'loki', 'cache', 'scanner'].map((name) => ({ name, status: 'ok', detail: '' })) });
    }
    if (!part) {
      return json({ type: 'x', title: 'Not found', status: 404, detail: 'No such path.', instance: 'fixture', code: 'not-found', retryable: false }, 404);
    }
    const [, id, what] = part;
    if (id === undefined) {
      let rows = all.map((_, i) => clusterAt(i, fromMs, toMs)).filter((c) => (q.getAll('service').length === 0 || q.getAll('service').includes(c.service)) && (q.getAll('namespace').length === 0 || q.getAll('namespace').includes(c.namespace)) && (q.getAll('level').length === 0 || q.getAll('level').includes(c.level)) && c.templateText.toLowerCase().includes((q.get('text') ?? '').toLowerCase()));
      const sort = q.get('sort') ?? 'count';
      const key = (c: Cluster) => (sort === 'count' ? c.eventCount : sort === 'service' ? c.service : sort === 'level' ? c.level : sort === 'firstSeen' ? c.firstSeen : c.lastSeen);
      rows = rows.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.id < b.id ? -1 : 1));
      if ((q.get('order') ?? 'desc') === 'desc') rows.reverse();
      const offset = Number(q.get('offset') ?? 0);
      const body: ListClustersResponse = { range, clusters: rows.slice(offset, offset + Number(q.get('limit') ?? 50)), totalClusterCount: rows.length, totalEventCount: rows.reduce((s, c) => s + c.eventCount, 0), totalLineCount: rows.reduce((s, c) => s + c.lineCount, 0), coverage: { lineCount: 98_412, readUpTo: new Date(Date.now() - 12_000).toISOString(), readFrom: new Date(Date.now() - 6 * 3_600_000).toISOString(), unreadLineCount: 0 } };
      return json(body);
    }
    const index = Number(id.slice(-12));
    const cluster = clusterAt(index, fromMs, toMs);
    if (what === undefined) {
      return json({ cluster, samples: [{ at: cluster.firstSeen, text: 'Payment for order <uuid> declined by visa after 31ms' }], query });
    }
    if (what === 'counts') {
      const level = cluster.level;
      return json({ range, stepMs: cluster.trend.stepMs, series: [{ level, counts: cluster.trend.counts }, { level: 'warn', counts: cluster.trend.counts.map((c) => Math.round(c / 3)) }] });
    }
    if (what === 'labels') {
      return json({ range, labels: [{ name: 'pod', values: [{ value: 'checkout-7f9c-x2', lineCount: 900, share: 0.91, overallShare: 0.12 }, { value: 'checkout-7f9c-b7', lineCount: 90, share: 0.09, overallShare: 0.13 }] }, { name: 'service_name', values: [{ value: cluster.service, lineCount: 990, share: 1, overallShare: 0.25 }] }] });
    }
    const lines: ClusterLine[] = Array.from({ length: Math.min(50, Number(q.get('limit') ?? 50)) }, (_, i) => {
      let text = 'ts=2026-11-21T01:00:00Z ';
      const spans: ClusterLine['spans'] = [{ start: 0, end: text.length, kind: 'peeled', type: 'timestamp' }];
      for (const p of cluster.template) {
        const start = text.length;
        text += p.kind === 'text' ? p.text : ({ uuid: '0b5c9d1e-77aa-4f10-9f5b-3f2f3c3a1d2e', number: String(1000 + i), duration: `${30 + i}ms`, ip: '10.2.3.4', path: '/cart/items' } as Record<string, string>)[p.type] ?? 'visa';
        spans.push({ start, end: text.length, kind: p.kind === 'text' ? 'kept' : 'masked', type: p.kind === 'text' ? '' : p.type });
      }
      return { timestampNs: `${toMs - i * 7919}000000`, text, level: cluster.level, labels: { service_name: cluster.service, namespace: cluster.namespace, pod: 'checkout-7f9c-x2' }, metadata: { trace_id: 'a4b2' }, spans };
    });
    return json({ lines, scannedLineCount: 5120, isComplete: true, query });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => new Promise<void>((r) => { server.close(() => r()); server.closeAllConnections(); }) };
}
