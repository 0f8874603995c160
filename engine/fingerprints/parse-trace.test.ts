import { expect, test } from 'vitest';
import { parseTrace } from './parse-trace.ts';
import { qualifiedName } from './runtime-code.ts';
import type { TraceException } from './stack-trace.ts';

function summaryOf(exception: TraceException): readonly string[] {
  return [exception.type, ...exception.frames.map(qualifiedName)];
}

/** Language, text, outermost exception with its frames, root where it is another. */
type Row = [string, string, readonly string[], (readonly string[] | undefined)?];

const rows: Row[] = [
  [
    'JVM',
    'java.lang.IllegalStateException: no\n\tat com.shop.Stock$1.take(Stock.java:12)\n\tat com.shop.Order$$Lambda$14/0x0000000800c03000.run(Unknown Source)\nCaused by: java.sql.SQLException: t\n\tat com.shop.Db.lambda$query$3(Db.java:8)\n\t... 12 more\n\tSuppressed: java.io.IOException: x\n\t\tat com.shop.A.close(A.java:1)',
    ['java.lang.IllegalStateException', 'com.shop.Stock.take', 'com.shop.Order.run'],
    ['java.sql.SQLException', 'com.shop.Db.query'],
  ],
  [
    'logback with the root cause first',
    'java.sql.SQLException: t\n\tat com.shop.Db.run(Db.java:8)\nWrapped by: java.lang.RuntimeException: no\n\tat com.shop.Api.get(Api.java:1)',
    ['java.lang.RuntimeException', 'com.shop.Api.get'],
    ['java.sql.SQLException', 'com.shop.Db.run'],
  ],
  [
    'Kotlin and Scala',
    'kotlin.KotlinNullPointerException\n\tat shop.MainKt$main$1.invokeSuspend(Main.kt:9)\n\tat shop.Cart$.$anonfun$total$2(Cart.scala:4)',
    ['kotlin.KotlinNullPointerException', 'shop.MainKt$main.invokeSuspend', 'shop.Cart$.total'],
  ],
  [
    'Python with a chain',
    'Traceback (most recent call last):\n  File "/srv/shop/a.py", line 3, in f\n    g()\nKeyError: \'x\'\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n  File "/srv/shop/c.py", line 1, in <module>\n    main()\n  File "/srv/shop/b.py", line 9, in Cart.<locals>.h\n    f()\n    ~^^\nshop.errors.OrderError: no order',
    ['shop.errors.OrderError', 'shop/b.h', 'shop/c'],
    ['KeyError', 'shop/a.f'],
  ],
  [
    'Node with a cause',
    'Error: x\n    at f (/srv/app.js:10:11)\n    at async Cart.pay [as buy] (file:///srv/lib/cart.mjs:3:4)\n    at Object.<anonymous> (/srv/shop/routes.ts:1:1)\n    at new Promise (<anonymous>)\n    at node:internal/main/run_main_module:28:49 {\n  [cause]: TypeError: inner\n      at g (/srv/g.js:1:1)\n}',
    ['Error', 'app.f', 'cart.Cart.pay', 'shop/routes', 'Promise', 'main/run_main_module'],
    ['TypeError', 'g.g'],
  ],
  [
    'a browser bundle',
    'TypeError: x\n    at t.render (https://shop.example.com/static/main.0a1b2c3d4e.js:1:2345)',
    ['TypeError', 'static/main.t.render'],
  ],
  [
    'Go',
    'panic: runtime error: index out of range [3] with length 3\n\ngoroutine 1 [running]:\nmain.(*Cart).item(...)\n\t/srv/main.go:12\nexample.com/shop/v2/cart.Run.func1.2({0x7f, 0xc0})\n\t/srv/cart/main.go:20 +0x1d\n\ngoroutine 7 [select]:\nmain.other(0xc0)\n\t/srv/x.go:1 +0x2a',
    ['panic: index out of range', 'main.(*Cart).item', 'example.com/shop/v2/cart.Run'],
  ],
  [
    '.NET',
    'Unhandled exception. System.InvalidOperationException: no stock\n ---> System.Exception: inner\n   at Shop.Stock.Take(Int32 id) in /srv/Stock.cs:line 12\n   --- End of inner exception stack trace ---\n   at Shop.Order.<PayAsync>d__12.MoveNext()\n   at Shop.Cart.<>c__DisplayClass3_0.<Total>b__0(Item x)\n--- End of stack trace from previous location ---\n   at Shop.Program.Main(String[] args)',
    ['System.InvalidOperationException', 'Shop.Order.PayAsync', 'Shop.Cart.Total', 'Shop.Program.Main'],
    ['System.Exception', 'Shop.Stock.Take'],
  ],
  [
    'Ruby',
    "app.rb:3:in `take': no stock (RuntimeError)\n\tfrom app.rb:9:in `block (2 levels) in pay'\n\tfrom app.rb:12:in 'Shop::Cart#total'",
    ['RuntimeError', 'app.take', 'app.pay', 'app.total'],
  ],
  [
    'Rails',
    "NoMethodError (undefined method `x' for nil:NilClass):\n\napp/models/order.rb:10:in `pay'",
    ['NoMethodError', 'models/order.pay'],
  ],
  [
    'PHP',
    'PHP Fatal error:  Uncaught TypeError: bad in /srv/a.php:3\nStack trace:\n#0 /srv/b.php(9): Shop\\Cart->add(1, Object(Foo))\n#1 /srv/c.php(4): {closure:/srv/c.php:3}()\n#2 {main}\n  thrown in /srv/a.php on line 3',
    ['TypeError', 'Shop\\Cart::add', 'c::{closure}'],
  ],
  [
    'Rust',
    "thread 'main' panicked at src/main.rs:4:5:\nno stock\nstack backtrace:\n   0: rust_begin_unwind\n             at /rustc/1/library/std/src/panicking.rs:645:5\n   1: shop::take::h0123456789abcdef\n   2: <shop::Cart as core::ops::Drop>::drop\n   3: shop::list::List<T>::push::{{closure}}\nnote: x",
    ['panic', 'rust_begin_unwind', 'shop::take', 'shop::Cart::drop', 'shop::list::List::push'],
  ],
  [
    'JVM with a library at the root',
    'a.AException: x\n\tat com.shop.A.b(A.java:1)\nCaused by: a.BException: y\n\tat java.lang.Integer.parseInt(Integer.java:1)\n\t... 3 more',
    ['a.AException', 'com.shop.A.b'],
    ['a.BException', 'java.lang.Integer.parseInt'],
  ],
  [
    'JVM with a type of any name',
    'Exception in thread "main" T$Missing: x\n\tat T.load(T.java:4)\nCaused by: Broken\n\tat T.parse(T.java:3)',
    ['T$Missing', 'T.load'],
    ['Broken', 'T.parse'],
  ],
  ['a type of any name above frames', 'OrderGone: x\n    at f (/srv/app.js:1:2)', ['OrderGone', 'app.f']],
  [
    'a sanitizer that also tells who freed',
    '==1==ERROR: AddressSanitizer: heap-use-after-free on address 0x6020\n    #0 0x55d in take /srv/a.c:3\nfreed by thread T0 here:\n    #0 0x55d in drop /srv/a.c:9',
    ['AddressSanitizer: heap-use-after-free', 'take'],
  ],
  [
    'a failed assertion with addresses',
    "shop: shop.c:7: take: Assertion `n < 3' failed.\n./shop(take+0x39)[0x564a]\n./shop(main+0x30)[0x564b]",
    ['assertion failed', 'take', 'main'],
  ],
  ['Rust without a backtrace', "thread 'main' panicked at src/cart.rs:4:5:\nno stock", ['panic', 'cart']],
  [
    'AddressSanitizer',
    '==12==ERROR: AddressSanitizer: heap-use-after-free on address 0x6020 at pc 0x55\nREAD of size 4 at 0x6020 thread T0\n    #0 0x55d in shop::take<int>(int, std::vector<int>) /srv/a.cc:12:3\n    #1 0x55e in run.constprop.0 /srv/a.c:20\n    #2 0x7f in __libc_start_main (/lib/x86_64-linux-gnu/libc.so.6+0x29d90)',
    ['AddressSanitizer: heap-use-after-free', 'shop::take', 'run', 'libc.so.6::__libc_start_main'],
  ],
  [
    'a debugger',
    '#0  0x00007ffff7e in raise () from /lib/libc.so.6\n#1  0x0000 in take (cart=0x0) at cart.c:12',
    ['', 'raise', 'take'],
  ],
];

test.each(rows)('%s', (_language, text, outermost, root?: readonly string[]) => {
  const trace = parseTrace(text);
  expect(trace && summaryOf(trace.outermost)).toEqual(outermost);
  expect(trace && summaryOf(trace.root)).toEqual(root ?? outermost);
});

test.each([[''], ['plain'], ['Error: x'], ['\n\n\n'], ['#1 fixed\n#2 open'], ['at home (3)\nat work (4)']])(
  '%j is no trace',
  (text) => {
    expect(parseTrace(text)).toBeUndefined();
  }
);
