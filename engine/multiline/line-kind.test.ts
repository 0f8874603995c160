import { expect, test } from 'vitest';
import { lineKindOf } from './line-kind.ts';

test.each([
  ['', 'blank'],
  ['  ', 'blank'],
  ['\r', 'blank'],
  ['{"a":1}', 'whole'],
  ['a\nb', 'whole'],
  ['{"a":', 'header'],
  ['{', 'plain'],
  ['2026-11-21 03:00:00 INFO x', 'header'],
  ['[2026-11-21 03:00:00] x', 'header'],
  ['2026/11/21 03:00:00 [error] x', 'header'],
  ['Nov 21 03:00:00 host app: x', 'header'],
  ['<14>Nov 21 03:00:00 host app: x', 'header'],
  ['I1121 03:00:00.000000 1 a.go:1] x', 'header'],
  ['level=info msg=x', 'header'],
  ['INFO: x', 'header'],
  ['2026-11-21 03:00:00 ERROR java.io.IOException: x', 'header-exception'],
  ['  - item', 'indented'],
  ['\titem', 'indented'],
  [' one blank', 'plain'],
  ['}', 'closing'],
  ['    ^', 'caret'],
  ['    ~~~^^^', 'caret'],
  ['\tat com.shop.A.b(A.java:1)', 'frame'],
  ['    at f (/srv/a.js:1:2)', 'frame'],
  ['at f (/srv/a.js:1:2)', 'frame'],
  ['             at ./src/main.rs:1:2', 'frame'],
  ['#0 /srv/a.php(3): f()', 'frame'],
  ['    #0 0x55d in f /srv/a.c:1', 'frame'],
  ["\tfrom a.rb:1:in `f'", 'frame'],
  ['  File "/srv/a.py", line 1, in f', 'python-frame'],
  ['Traceback (most recent call last):', 'python-head'],
  ['panic: x', 'go-panic'],
  ['goroutine 1 [running]:', 'go-goroutine'],
  ['main.(*Cart).item(...)', 'go-call'],
  ['\t/srv/main.go:12 +0x1d', 'go-file'],
  ["thread 'main' panicked at src/main.rs:4:5:", 'rust-panic'],
  ["app/models/order.rb:10:in `pay'", 'ruby-frame'],
  ["app.rb:8:in `rescue in load': order x (OrderError)", 'ruby-reraise'],
  ["app.rb:8:in 'rescue in Object#load': order x (OrderError)", 'ruby-reraise'],
  ['\tpanic: again', 'trailer'],
  ['  + Exception Group Traceback (most recent call last):', 'python-head'],
  [' right: 2', 'indented'],
  ['./shop(take+0x39)[0x564a470e81fd]', 'frame'],
  ['node:internal/process/promises:394', 'script-location'],
  ['Caused by:', 'trailer'],
  ['/srv/app.js:10', 'script-location'],
  ['Error: x', 'exception-head'],
  ['java.lang.IllegalStateException', 'exception-head'],
  ['Exception in thread "main" java.lang.Error: x', 'exception-head'],
  ["app.rb:3:in `take': no stock (RuntimeError)", 'exception-head'],
  ['==12==ERROR: AddressSanitizer: x', 'exception-head'],
  ['Caused by: x', 'trailer'],
  ['... 12 more', 'trailer'],
  ['Stack trace:', 'trailer'],
  ['The error was fixed', 'plain'],
  ['at home we log', 'plain'],
  ['goroutines: 12', 'plain'],
])('%j is %s', (line, kind) => {
  expect(lineKindOf(line)).toBe(kind);
});

test.each(['a', 'a.', 'a(', ' ', '\t', '=', '~', '#1 ', '(', 'File "', 'a::', '\ud800'])(
  'a megabyte of %j is judged by its start',
  (piece) => {
    const line = piece.repeat(1_000_000 / piece.length);
    const startMs = Date.now();
    for (let round = 0; round < 20; round += 1) {
      lineKindOf(line);
    }
    expect(Date.now() - startMs).toBeLessThan(1000);
  }
);
