import { describe, expect, test } from 'vitest';
import type { LogEntry } from '../records/index.ts';
import { createEventJoiner, joinEvents, maxEventEntryCount, maxEventLength } from './event-joiner.ts';

const labels = { app: 'shop' };

function entriesOf(lines: readonly string[], stepMs = 1): LogEntry[] {
  return lines.map((line, index) => ({
    labels,
    metadata: {},
    line,
    timestampNs: 1_760_000_000_000_000_000n + BigInt(Math.round(index * stepMs * 1e6)),
  }));
}

function joinedLineCounts(text: string): number[] {
  return joinEvents(entriesOf(text.split('\n'))).map((event) => event.entries.length);
}

/** Form of a trace, and its text. */
const traces: Array<[string, string]> = [
  [
    'JVM with causes',
    'java.lang.IllegalStateException: no stock\n\tat com.shop.Stock.take(Stock.java:12)\n\tat com.shop.Order.pay(Order.kt:40)\nCaused by: java.sql.SQLException: timeout\n\tat org.postgresql.Driver.run(Driver.java:7)\n\t... 12 more\n\tSuppressed: java.io.IOException: x\n\t\tat com.shop.A.close(A.java:1)',
  ],
  [
    'JVM in another thread',
    'Exception in thread "main" scala.MatchError: 3 (of class java.lang.Integer)\n\tat shop.Main$.main(Main.scala:9)',
  ],
  [
    'JVM below the line of its logger',
    '2026-11-21 03:00:00,123 ERROR [main] c.s.Order - failed\njava.lang.IllegalStateException: no stock\n\tat com.shop.Stock.take(Stock.java:12)',
  ],
  [
    'Python with a chain',
    'Traceback (most recent call last):\n  File "/srv/a.py", line 3, in f\n    g()\nKeyError: \'x\'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "/srv/b.py", line 9, in h\n    f()\n    ~^^\nshop.errors.OrderError: no order',
  ],
  [
    'Python below the line of its logger',
    'ERROR:root:failed\nTraceback (most recent call last):\n  File "/srv/a.py", line 3, in f\n    g()\nZeroDivisionError: division by zero',
  ],
  [
    'Python exception group',
    '  + Exception Group Traceback (most recent call last):\n  |   File "a.py", line 1, in <module>\n  | ExceptionGroup: two (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    | ValueError: 1\n    +------------------------------------',
  ].map((text) => text.replace(/^ {2}\+/, 'Unhandled group:\n  +')) as [string, string],
  [
    'Node with its source line',
    "/srv/app.js:10\n    throw new Error('x');\n    ^\n\nError: x\n    at f (/srv/app.js:10:11)\n    at node:internal/main/run_main_module:28:49 {\n  code: 'E_X'\n}\n\nNode.js v24.1.0",
  ],
  [
    'Node with a cause',
    'TypeError: cannot read\n    at async Promise.all (index 0)\n    at f (file:///srv/a.mjs:1:2) {\n  [cause]: Error: inner\n      at g (file:///srv/a.mjs:3:4)\n}',
  ],
  [
    'Go',
    'panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.(*Cart).item(...)\n\t/srv/main.go:12\nmain.main()\n\t/srv/main.go:20 +0x1d\n\ngoroutine 7 [select]:\nnet/http.(*Server).Serve(0xc000102000, {0x7f, 0xc0})\n\t/usr/lib/go/src/net/http/server.go:3086 +0x2a\ncreated by main.serve in goroutine 1\n\t/srv/main.go:8 +0x9',
  ],
  [
    'Go with a signal',
    'panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x1]\n\ngoroutine 1 [running]:\nmain.f()\n\t/srv/main.go:4 +0x1',
  ],
  [
    '.NET',
    'Unhandled exception. System.InvalidOperationException: no stock\n ---> System.Exception: inner\n   at Shop.Stock.Take(Int32 id) in /srv/Stock.cs:line 12\n   --- End of inner exception stack trace ---\n   at Shop.Order.Pay()\n--- End of stack trace from previous location ---\n   at Shop.Program.Main(String[] args)',
  ],
  [
    'Ruby',
    "app.rb:3:in `take': no stock (RuntimeError)\n\tfrom app.rb:9:in `block in pay'\n\tfrom app.rb:12:in `<main>'",
  ],
  [
    'Rails',
    "NoMethodError (undefined method `x' for nil:NilClass):\n\napp/models/order.rb:10:in `pay'\napp/controllers/orders_controller.rb:5:in `create'",
  ],
  [
    "Ruby's Logger with backtrace.join",
    "E, [2026-11-20T10:00:00.000001 #7] ERROR -- : NoMethodError: undefined method `pay' for nil\napp/models/order.rb:10:in `pay'\napp/jobs/charge_job.rb:5:in `block in perform'",
  ],
  [
    'a message of its own before Ruby frames',
    "Charge failed, giving up\n/srv/shop/app/models/order.rb:10:in 'Order#pay'\n/srv/shop/app/jobs/charge_job.rb:5:in 'perform'",
  ],
  [
    'PHP',
    'PHP Fatal error:  Uncaught TypeError: bad in /srv/a.php:3\nStack trace:\n#0 /srv/b.php(9): Shop\\Cart->add()\n#1 {main}\n  thrown in /srv/a.php on line 3',
  ],
  [
    'Rust',
    "thread 'main' panicked at src/main.rs:4:5:\nno stock\nstack backtrace:\n   0: rust_begin_unwind\n             at /rustc/1/library/std/src/panicking.rs:645:5\n   1: shop::take\nnote: Some details are omitted, run with `RUST_BACKTRACE=full`",
  ],
  [
    'AddressSanitizer',
    '=================================================================\n==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x55\nREAD of size 4 at 0x602000000010 thread T0\n    #0 0x55d in take /srv/a.c:12:3\n    #1 0x55e in main /srv/a.c:20\n\n0x602000000010 is located 0 bytes inside of 4-byte region\nSUMMARY: AddressSanitizer: heap-use-after-free /srv/a.c:12:3 in take\nShadow bytes around the buggy address:\n  0x0c04: fa fa\n=>0x0c05: fa\n==12==ABORTING',
  ],
  ['a list below its line', 'loaded modules:\n  - cart\n  - pay\n}'],
  ['frames whose spaces were cut', 'Error: x\nat f (/srv/a.js:1:2)\nat g (/srv/a.js:2:2)'],
  ['carriage returns', 'java.lang.Error: x\r\n\tat a.B.c(B.java:1)\r'],
];

describe('one trace is one event', () => {
  test.each(traces)('%s', (_language, text) => {
    expect(joinedLineCounts(text)).toEqual([text.split('\n').length]);
  });

  // Some collectors drop them.
  test.each(traces)('%s without its blank lines', (_language, text) => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    expect(joinedLineCounts(lines.join('\n'))).toEqual([lines.length]);
  });
});

describe('ordinary lines stay apart', () => {
  test.each([
    ['with time stamps', '2026-11-21 03:00:00 INFO a\n2026-11-21 03:00:00 ERROR b\n2026-11-21 03:00:01 INFO c'],
    ['JSON', '{"level":"info","msg":"a"}\n{"level":"error","msg":"b"}'],
    ['logfmt', 'level=info msg=a\nlevel=error msg=b'],
    ['plain', 'started\nlistening on 80\nready'],
    ['with one space before', ' a\n b\n c'],
    ['exceptions of one line', 'TypeError: a\nTypeError: b\nUncaught Error: c'],
    [
      'an exception of one line after a header',
      '2026-11-21 03:00:00 ERROR a\nTypeError: b\n2026-11-21 03:00:00 INFO c',
    ],
    ['calls in words', 'foo(1)\nbar(2)\nbaz()'],
    ['blank ones', 'a\n\nb'],
    ['two panics', 'panic: a\npanic: b'],
    ['key: value', 'name: a\nsize: b'],
  ])('%s', (_form, text) => {
    const lines = text.split('\n');
    expect(joinedLineCounts(text)).toEqual(lines.map(() => 1));
  });
});

test('two traces in a row are two events', () => {
  const trace =
    'java.lang.IllegalStateException: no stock\n\tat com.shop.Stock.take(Stock.java:12)\n\tat com.shop.A.b(A.java:1)';
  expect(joinedLineCounts(`${trace}\n${trace}`)).toEqual([3, 3]);
});

test('a stray line between frames is an event of its own', () => {
  const lines = [
    'java.lang.Error: x',
    '\tat a.B.c(B.java:1)',
    '2026-11-21 03:00:00 INFO ok',
    '\tat a.B.d(B.java:2)',
    'bye',
  ];
  const events = joinEvents(entriesOf(lines));
  expect(events.map((event) => event.text)).toEqual([
    '2026-11-21 03:00:00 INFO ok',
    'java.lang.Error: x\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)',
    'bye',
  ]);
});

test('frames below a header that names an exception belong to it', () => {
  const lines = [
    'java.lang.Error: x',
    '\tat a.B.c(B.java:1)',
    '2026-11-21 03:00:00 ERROR java.io.IOException',
    '\tat a.B.d(B.java:2)',
  ];
  expect(joinEvents(entriesOf(lines)).map((event) => event.entries.length)).toEqual([2, 2]);
});

test('an entry with inner newlines is complete', () => {
  const lines = ['Error: x\n    at f (a.js:1:1)', '    at g (a.js:2:2)', 'next'];
  expect(joinEvents(entriesOf(lines)).map((event) => event.entries.length)).toEqual([1, 1, 1]);
});

test('a frame with nothing before it is an event of its own', () => {
  expect(joinedLineCounts('\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\ndone')).toEqual([1, 1, 1]);
});

test('frames that come too late are events of their own', () => {
  const frames = Array.from({ length: 10 }, (_, index) => `\tat a.B.c(B.java:${index})`);
  const counts = joinEvents(entriesOf(['java.lang.Error: x', ...frames], 1000)).map((event) => event.entries.length);
  expect(counts).toEqual([5, 1, 1, 1, 1, 1, 1]);
});

test('a trace of 10,000 frames goes on in further events', () => {
  const frames = Array.from({ length: 10_000 }, (_, index) => `\tat a.B.c(B.java:${index})`);
  const events = joinEvents(entriesOf(['java.lang.StackOverflowError', ...frames], 0.0001));
  expect(
    events
      .map((event) => event.entries.length)
      .slice(0, -1)
      .every((count) => count === maxEventEntryCount)
  ).toBe(true);
  expect(events.reduce((sum, event) => sum + event.entries.length, 0)).toBe(10_001);
});

test('an event of several lines keeps to its length', () => {
  const events = joinEvents(entriesOf(['Error: x', ...Array.from({ length: 9 }, () => `  ${'x'.repeat(20_000)}`)]));
  expect(Math.max(...events.map((event) => event.text.length))).toBeLessThanOrEqual(maxEventLength);
});

test('flush gives what was held back', () => {
  const joiner = createEventJoiner();
  const [header, head] = entriesOf(['2026-11-21 03:00:00 ERROR failed', 'TypeError: x']) as [LogEntry, LogEntry];
  expect(joiner.add(header)).toBeUndefined();
  expect(joiner.add(head)).toBeUndefined();
  expect([joiner.flush()?.text, joiner.flush()?.text, joiner.flush()]).toEqual([header.line, head.line, undefined]);
});

describe('blank lines', () => {
  const trace = "thread 'main' panicked at src/main.rs:4:5:\nno stock\nstack backtrace:\n   0: shop::take";

  test.each([
    ['one', 1, [5]],
    ['four', 4, [8]],
    ['six, of which four are kept', 6, [1, 1, 8]],
  ])('right before a trace belong to it: %s', (_count, blankCount, expected) => {
    expect(joinedLineCounts('\n'.repeat(blankCount) + trace)).toEqual(expected);
  });

  test('after a line with a header belong to the trace that follows', () => {
    expect(joinedLineCounts(`2026-11-21 03:00:00 INFO ok\n\n${trace}`)).toEqual([1, 5]);
  });

  test('long before a trace do not belong to it', () => {
    const [blank, ...lines] = entriesOf(['', ...trace.split('\n')]) as [LogEntry, ...LogEntry[]];
    const events = joinEvents([{ ...blank, timestampNs: blank.timestampNs - 2_000_000_000n }, ...lines]);
    expect(events.map((event) => event.entries.length)).toEqual([1, 4]);
  });

  test('before ordinary lines are events of their own', () => {
    expect(joinedLineCounts('\n\nready\n\n2026-11-21 03:00:00 INFO ok\n')).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('begin the indented block below them', () => {
    expect(joinedLineCounts('ready\n\n  a\n  b')).toEqual([1, 3]);
  });
});

describe('the cause of a Ruby exception', () => {
  const raised =
    "app.rb:8:in `rescue in load': no order (OrderError)\n\tfrom app.rb:5:in `load'\n\tfrom app.rb:10:in `<main>'";
  const cause = "app.rb:3:in `Integer': invalid value (ArgumentError)\n\tfrom app.rb:3:in `parse'";

  test('belongs to the exception that was raised while it was handled', () => {
    expect(joinedLineCounts(`${raised}\n${cause}\nnext`)).toEqual([5, 1]);
  });

  test('is the last that does so', () => {
    expect(joinedLineCounts(`${raised}\n${cause}\n${cause}\n${raised}\n${cause}`)).toEqual([5, 2, 5]);
  });

  test('is told from the next exception', () => {
    expect(joinedLineCounts(`${cause}\n${cause}`)).toEqual([2, 2]);
  });
});
