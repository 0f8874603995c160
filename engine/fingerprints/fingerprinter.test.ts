import { describe, expect, test } from 'vitest';
import { algorithmVersion, createFingerprinter, defaultRuntimeCode, hasStackTrace } from './index.ts';

const fingerprinter = createFingerprinter();

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function fingerprintOf(text: string): string {
  return fingerprinter.identify({ text }).fingerprint;
}

describe('lines without a trace', () => {
  test('lines that differ in values only have one fingerprint', () => {
    expect(fingerprintOf('2026-11-21 03:00:00 INFO order 17 shipped to 10.0.0.1')).toBe(
      fingerprintOf('2026-11-21 04:10:09 INFO order 99 shipped to 10.9.8.7')
    );
  });

  test('lines that differ in words have two', () => {
    expect(fingerprintOf('order 17 shipped')).not.toBe(fingerprintOf('order 17 cancelled'));
  });

  test('the identity says how the cluster is shown', () => {
    const identity = fingerprinter.identify({ text: 'order 17 shipped' });
    expect(identity).toMatchObject({
      kind: 'template',
      coarseFingerprint: null,
      algorithmVersion,
      templateText: 'order <*> shipped',
    });
    expect(identity.fingerprint).toMatch(/^[0-9a-f]{32}$/);
    expect(hasStackTrace(identity.template)).toBe(false);
  });

  test('a list below a line belongs to the line', () => {
    expect(fingerprintOf('loaded 3 modules:\n  - a\n  - b')).toBe(fingerprintOf('loaded 9 modules:\n  - c'));
  });

  test('other fingerprinters give the same', () => {
    const texts = ['order 17 shipped', 'TypeError: x\n    at f (/srv/shop/a.js:1:2)', ''];
    for (const text of texts) {
      expect(createFingerprinter().identify({ text })).toEqual(fingerprinter.identify({ text }));
    }
  });
});

describe('traces of one bug have one fingerprint', () => {
  const frame = '\tat com.shop.Stock.take(Stock.java:12)\n\tat com.shop.Order.pay(Order.java:30)';
  const trace = `java.lang.IllegalStateException: order 7 failed\n${frame}`;
  test.each([
    ['other line numbers and ids', `java.lang.IllegalStateException: order 99 failed\n${frame.replace(':12', ':99')}`],
    ['another message', `java.lang.IllegalStateException: something else\n${frame}`],
    ['a line of a logger above', `2026-11-21 03:00:00,123 ERROR [main] c.s.Order - oops\n${trace}`],
    ['a thread', `Exception in thread "pool-1-thread-7" ${trace}`],
    ['a proxy', trace.replace('com.shop.Stock.take', () => 'com.shop.Stock$$EnhancerBySpringCGLIB$$1f2e.take')],
    ['a lambda', trace.replace('Stock.take(', 'Stock.lambda$take$4(')],
    ['a module prefix', trace.replaceAll('at com', 'at app//com')],
    [
      'library frames between',
      trace.replace(
        '\n\tat com.shop.Order',
        '\n\tat java.base/java.util.Optional.map(Optional.java:1)\n\tat com.shop.Order'
      ),
    ],
    [
      'recursion',
      trace.replace(
        '\tat com.shop.Stock.take(Stock.java:12)',
        '\tat com.shop.Stock.take(Stock.java:12)\n\tat com.shop.Stock.take(Stock.java:14)'
      ),
    ],
    ['more library frames outside', `${trace}\n\tat java.lang.Thread.run(Thread.java:1)`],
    ['carriage returns', trace.replaceAll('\n', '\r\n')],
    ['a field of a JSON line', JSON.stringify({ level: 'error', msg: 'oops', stack_trace: trace })],
    ['a deep field of a JSON line', JSON.stringify({ log: { error: { detail: [{ stack: trace }] } } })],
    ['a list of lines in a JSON field', JSON.stringify({ stack: trace.split('\n') })],
    ['a field of a logfmt line', `level=error msg=oops stack=${JSON.stringify(trace)}`],
    ['a JSON line that was cut', `${JSON.stringify({ stack: trace, rest: 'x' }).slice(0, -4)}`],
  ])('%s', (_difference, other) => {
    expect(fingerprintOf(other)).toBe(fingerprintOf(trace));
  });

  test.each([
    ['another type', trace.replace('IllegalState', 'IllegalArgument')],
    ['another top function', trace.replace('Stock.take', 'Stock.release')],
    ['another module', trace.replace('com.shop.Stock.take', 'com.shop.Price.take')],
    ['another caller', trace.replace('Order.pay', 'Refund.pay')],
    ['a cause', `${trace}\nCaused by: java.sql.SQLException: timeout\n\tat com.shop.Db.run(Db.java:1)`],
  ])('but not with %s', (_difference, other) => {
    expect(fingerprintOf(other)).not.toBe(fingerprintOf(trace));
  });

  test('the depth of a chain between outermost and root does not count', () => {
    const root = 'Caused by: java.sql.SQLException: timeout\n\tat com.shop.Db.run(Db.java:1)';
    const middle = 'Caused by: java.io.UncheckedIOException: x\n\tat com.shop.Io.read(Io.java:1)\n\t... 3 more';
    expect(fingerprintOf(`${trace}\n${middle}\n${root}`)).toBe(fingerprintOf(`${trace}\n${root}`));
  });

  test('the innermost exception with frames of the application says where it was', () => {
    const middle = 'Caused by: java.io.UncheckedIOException: x\n\tat com.shop.Io.read(Io.java:1)\n\t... 3 more';
    const root =
      'Caused by: java.io.EOFException: y\n\tat java.io.DataInputStream.readFully(DataInputStream.java:1)\n\t... 9 more';
    expect(fingerprinter.identify({ text: `${trace}\n${middle}\n${root}` }).templateText).toContain(
      'at com.shop.Io.read'
    );
  });

  test('Rust frames in the standard library are told by their file', () => {
    const text =
      "thread 'main' (7) panicked at src/main.rs:2:58:\nno stock\nstack backtrace:\n   0: <usize as core::slice::index::SliceIndex<[T]>>::index\n             at /rustc/5980/library/core/src/slice/index.rs:272:10\n   1: shop::Cart::price\n             at ./src/main.rs:2:58";
    expect(fingerprinter.identify({ text }).templateText).toBe('panic: no stock at shop::Cart::price <*>');
  });

  test.each([
    [
      'a deferred function of Go that panics again',
      'panic: x [recovered]\n\tpanic: y\n\ngoroutine 1 [running]:\nmain.total.func1()\n\t/srv/a.go:6 +0xb8\npanic({0x4b, 0x37})\n\t/usr/local/go/src/runtime/panic.go:860 +0x13a\nmain.price(...)\n\t/srv/a.go:4',
      'main.price',
    ],
    [
      'a signal handler of C',
      "shop: shop.c:7: take: Assertion `n' failed.\n./shop(on_abort+0x25)[0x56]\n/lib/libc.so.6(abort+0xd3)[0x7f]\n./shop(take+0x39)[0x56]",
      'take',
    ],
    [
      'a function of the Ruby runtime',
      "app.rb:3:in `Integer': invalid value (ArgumentError)\n\tfrom app.rb:3:in `parse'\n\tfrom app.rb:6:in `load'",
      'app.parse',
    ],
    [
      'a function of the PHP runtime',
      'PHP Fatal error:  Uncaught DivisionByZeroError: Division by zero in /srv/shop/a.php:3\nStack trace:\n#0 /srv/shop/a.php(3): intdiv()\n#1 /srv/shop/a.php(9): parse()\n#2 {main}',
      'shop/a::parse',
    ],
  ])('%s is not where the bug is', (_form, text, topName) => {
    expect(fingerprinter.identify({ text }).templateText).toMatch(new RegExp(` at ${escaped(topName)} <\\*>$`));
  });

  test('the coarse fingerprint joins callers', () => {
    const one = fingerprinter.identify({ text: trace });
    const other = fingerprinter.identify({ text: trace.replace('Order.pay', 'Refund.pay') });
    expect(one.coarseFingerprint).toBe(other.coarseFingerprint);
    expect(one.kind).toBe('stack-trace');
  });

  test('the template shows message and topmost frame', () => {
    const identity = fingerprinter.identify({ text: trace });
    expect(identity.templateText).toBe('java.lang.IllegalStateException: order <*> failed at com.shop.Stock.take <*>');
    expect(hasStackTrace(identity.template)).toBe(true);
  });
});

describe('traces of libraries only', () => {
  const trace =
    'java.net.ConnectException: refused by 10.0.0.1:80\n\tat java.net.Socket.connect(Socket.java:1)\n\tat org.postgresql.Driver.connect(Driver.java:2)';

  test('ids in the message do not count', () => {
    expect(fingerprintOf(trace.replace('10.0.0.1:80', '10.0.0.9:81'))).toBe(fingerprintOf(trace));
  });

  test('words of the message do', () => {
    expect(fingerprintOf(trace.replace('refused', 'reset'))).not.toBe(fingerprintOf(trace));
  });
});

test('which code is the application is a setting', () => {
  const own = createFingerprinter({
    runtimeCode: { ...defaultRuntimeCode, prefixes: { ...defaultRuntimeCode.prefixes, jvm: ['com.shop.Stock'] } },
  });
  const text = 'java.lang.Error: x\n\tat com.shop.Stock.take(Stock.java:1)\n\tat com.shop.Order.pay(Order.java:1)';
  expect(own.identify({ text }).templateText).toContain('at com.shop.Order.pay');
  expect(fingerprinter.identify({ text }).templateText).toContain('at com.shop.Stock.take');
});

test('other templates can be given', () => {
  const custom = createFingerprinter({
    templates: {
      analyzeLine: (text) => ({ signature: String(text.length), parts: [{ kind: 'text', text: 'same length' }] }),
    },
  });
  expect(custom.identify({ text: 'abc' })).toEqual(custom.identify({ text: 'xyz' }));
});

test.each([
  ['JSON without a trace', '{"msg":"a\\nb","stack":"none"}'],
  ['prose about traces', 'see the stack trace at line 3 (file.js)'],
  ['two plain lines', 'first\nsecond'],
  ['an exception without frames', 'java.lang.IllegalStateException: x\nmore text'],
])('%s is no trace', (_form, text) => {
  expect(fingerprinter.identify({ text }).kind).toBe('template');
});
