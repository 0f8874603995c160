// The lines that the embedded store and a real Loki both hold: six formats over twenty minutes, some exactly on minutes, some twice, some
// with metadata, broken and hostile ones among them.

/** A stream in the form of Loki's push. */
export interface PushedStream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: ReadonlyArray<
    readonly [timestamp: string, line: string, metadata?: Readonly<Record<string, string>>]
  >;
}

/** All streams, from a time on. */
export function differentialStreams(startNs: bigint): readonly PushedStream[] {
  function timeAt(offsetMs: number): string {
    return String(startNs + BigInt(Math.round(offsetMs * 1_000_000)));
  }
  const shopLines: PushedStream['values'] = Array.from({ length: 120 }, (_unused, index) => {
    const words =
      index % 11 === 0 ? 'error: timeout of upstream' : index % 7 === 0 ? 'POST /cart a.b' : `took ${index}ms axb`;
    const line = `${words} #${index}`;
    return index % 9 === 0
      ? [timeAt(index * 10_000), line, { trace_id: `t-${index / 9}`, zone: 'meta' }]
      : [timeAt(index * 10_000), line];
  });
  return [
    { stream: { app: 'shop', env: 'prod', zone: 'eu' }, values: [...shopLines, ...shopLines.slice(0, 5)] },
    { stream: { app: 'shop', env: 'test' }, values: shopLines.slice(0, 20) },
    {
      stream: { app: 'cart', env: 'prod' },
      values: Array.from({ length: 30 }, (_unused, index) => [
        timeAt(index * 40_000 + 0.000_001),
        `cart "line" ünïcödé ${index}`,
      ]),
    },
    { stream: { app: 'json', env: 'prod' }, values: jsonLines.map((line, index) => [timeAt(index * 30_000), line]) },
    {
      stream: { app: 'logfmt', env: 'prod' },
      values: logfmtLines.map((line, index) => [timeAt(index * 30_000 + 1), line]),
    },
    {
      stream: { app: 'web', env: 'prod' },
      values: accessLines.map((line, index) => [timeAt(index * 17_000 + 2), line]),
    },
    { stream: { app: 'pack', env: 'prod' }, values: packedLines.map((line, index) => [timeAt(index * 45_000), line]) },
    { stream: { app: 'load', env: 'prod', node: 'a' }, values: loadLines(0, timeAt) },
    { stream: { app: 'load', env: 'test', node: 'b' }, values: loadLines(7, timeAt) },
  ];
}

const jsonLines = [
  '{"level":"error","msg":"failed","http":{"status":500,"method":"GET","headers":{"x-y":"z"}},"ok":false}',
  '{"level":"warn","msg":"slow","http":{"status":200,"method":"POST"},"tags":["a","b"],"nothing":null}',
  '{"level":"info","app":"inner","price":1.50,"big":12345678901234567890,"exp":1e5}',
  '{"level":"info","empty":"","spaced key":"v","1st":"first","dotted.key":"d","":"nameless"}',
  '{"level":"info","text":"quote \\" newline \\n unicode \\u00e9 emoji \\ud83e\\udd8a"}',
  '{"level":"info","level":"second"}',
  '["an","array"]',
  'no json at all',
  '{"level":"info","cut":"off here',
  '{"level":"info","after":1} trailing',
  ' {"level" : "info" , "nested" : { "level" : "deep", "list":["]",{"a":"]"}] } }',
  '{"level":"info","bad":"\\q","number":01,"next":"x"}',
  '{"level":tru,"next":"x"}',
  '{}',
  '{"level":"info","constructor":"c","toString":"t","hasOwnProperty":"h"}',
  '{"level":"debug","items":[{"id":7,"sub":{"k":"v"}},{"id":"eight"}],"a":{"b":{"c":"deep","d e":"spaced"}}}',
  '{"level":"error","http":{"status":503,"method":"GET"},"took":"1.5s","size":"12KB"},',
  '{"level":"error","http":{"status":404',
  '{"level":"info","env":"other","http":{"app":"nested"}}',
];

const logfmtLines = [
  'level=info msg="all fine" caller=main.go:12 duration=15ms',
  'level=error msg="with \\"quotes\\" and = signs" err="broken pipe"',
  'level=warn empty= flag caller=other.go',
  'ts=2026-01-01T00:00:00Z level=info app=inner 1st=x dotted.key=y',
  'plain words without pairs',
  'level=info broken="no end',
  'a=b=c level=debug d"e=f',
  'level=info level=second',
  '',
  'level=error duration=2.5s size=1.5MiB code=500 addr=10.1.2.3',
  'level=error duration=nonsense size=big code=five addr=nowhere',
  'level=warn duration=1h2m3s size=42 code=404 addr=192.168.7.9',
  'level=info duration=0 size=10kb code=2e2 addr=fe80::1',
  'level=info duration=-3ms size=7B code=-1 addr=10.200.0.1 constructor=x',
];

const accessLines = [
  '10.0.0.1 - - "GET /shop/cart HTTP/1.1" 200 512 0.013',
  '10.0.0.2 - alice "POST /shop/order HTTP/1.1" 201 90 0.250',
  '192.168.4.20 - - "GET /shop/cart HTTP/1.1" 500 0 1.750',
  '2001:db8::17 - bob "GET /health HTTP/2" 204 0 0.001',
  '999.1.2.3 - - "GET /odd HTTP/1.1" 400 12 0.002',
  'an upstream 172.16.9.9 did not answer 10.0.0.1 in time',
  'no address here at all',
  '\u001b[31mERROR\u001b[0m coloured \u001b[1;32mtext\u001b[0m',
  '10.0.0.77 - - "DELETE /shop/cart/1 HTTP/1.1" 200 33 0.044',
  '10.0.1.1 - - "GET /shop/cart?x=1&y=2 HTTP/1.1" 302 0 0.004',
  '',
  '1.2.3 is no address and 01.2.3.4 neither',
];

const packedLines = [
  '{"pod":"web-1","container":"nginx","_entry":"GET /a took=5ms"}',
  '{"pod":"web-2","env":"packed","_entry":"{\\"level\\":\\"error\\",\\"n\\":3}"}',
  '{"pod":"web-3","no":"entry"}',
  '{"pod":"web-4","n":7,"_entry":"tab\\tand \\"quote\\""}',
  'not packed',
  '["_entry"]',
  '{"pod":"web-5","_entry":"cut',
  '{"bad key":"x y","_entry":"POST /b took=9ms"}',
];

function loadLines(seed: number, timeAt: (offsetMs: number) => string): PushedStream['values'] {
  return Array.from({ length: 60 }, (_unused, index) => {
    const number = (index * 37 + seed * 13) % 101;
    const level = ['debug', 'info', 'info', 'warn', 'error'][(index + seed) % 5];
    return [
      timeAt(index * 20_000 + seed * 1000),
      `level=${level} route=/r${index % 4} value=${number}.${seed} took=${number * 3 + seed}ms sent=${number}KB user=u${(index + seed) % 6}`,
      { request_id: `q-${index % 3}` },
    ];
  });
}
