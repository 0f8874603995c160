import { expect, test } from 'vitest';
import { detectLevel } from './detect-level.ts';
import type { Level } from './level.ts';

const formats: ReadonlyArray<readonly [Level, string]> = [
  // JSON
  ['error', '{"level":"error","msg":"pool exhausted"}'],
  ['warn', '{"ts":"2026-01-01T00:00:00Z","severity":"WARNING","message":"slow"}'],
  ['info', '{"level":30,"time":1760000000000,"pid":7,"msg":"request completed"}'],
  ['error', '{"level":50,"time":1760000000000,"msg":"boom"}'],
  ['fatal', '{"level":60,"msg":"exit"}'],
  ['error', '{"version":"1.1","host":"a","level":3,"short_message":"x"}'],
  ['error', '{"t":{"$date":"2026-01-01T00:00:00.000Z"},"s":"E","c":"NETWORK","id":1,"msg":"x"}'],
  ['debug', '{"t":{"$date":"2026-01-01T00:00:00.000Z"},"s":"D1","c":"NETWORK","id":1,"msg":"x"}'],
  ['warn', '{"levelno":30,"name":"root","msg":"x"}'],
  ['error', '{"@t":"2026-01-01T00:00:00Z","@l":"Error","@mt":"x"}'],
  ['error', '{"severityNumber":17,"body":"x"}'],
  ['info', '{"log.level":"INFO","message":"0 errors found"}'],
  ['error', '{"log":"2026-01-01 00:00:00 ERROR failed\\n","stream":"stderr"}'],
  ['error', '{"method":"GET","path":"/","status":502,"duration":3}'],
  ['warn', '{"method":"GET","path":"/","status":"404"}'],
  ['info', '{"msg":"said \\"level\\":\\"error\\" aloud","level":"info"}'],
  ['error', '{"msg":"x","stack":"Error: x\\n    at f (a.js:1:1)"}'],
  ['unknown', '{"msg":"started","errors":0,"error":null}'],
  // logfmt
  ['info', 'ts=2026-01-01T00:00:00Z level=info msg="no error here"'],
  ['error', 'time="2026-01-01T00:00:00Z" level=error msg="failed to dial"'],
  ['warn', 'level="warning" msg=x'],
  ['warn', 'lvl=wrn msg=x'],
  ['fatal', 't=2026-01-01 lvl=crit msg=x'],
  ['unknown', 'msg="say level=error now" error=null'],
  // letters of klog, glog, logcat, Ruby, MongoDB
  ['error', 'E1121 03:00:00.000000       1 reflector.go:147] watch failed'],
  ['info', 'I1121 03:00:00.000000       1 main.go:1] started'],
  ['fatal', 'F1121 03:00:00.000000       1 main.go:1] bye'],
  ['debug', '03-17 16:13:38.811  1702  2395 D WindowManager: printFreezingDisplayLogs'],
  ['warn', '2026-03-17 16:13:38.811123  1702  2395 W Foo: bar'],
  ['error', 'E, [2026-01-01T00:00:00.000000 #123] ERROR -- : payment refused'],
  ['info', '2015-07-29T17:41:44.747+0000 I NETWORK  [conn1] end connection'],
  // syslog
  ['error', '<11>Nov 21 03:00:00 host app[12]: disk gone'],
  ['info', '<165>1 2026-11-21T03:00:00Z host app 12 ID47 - started'],
  ['error', '<14>Nov 21 03:00:00 host app[12]: ERROR disk gone'],
  ['error', 'Nov 21 03:00:00 host sshd[12]: error: PAM: authentication failure'],
  ['unknown', 'Nov 21 03:00:00 host sshd[12]: session opened for user bob'],
  // words
  ['error', '2026-11-21 03:00:00,123 ERROR [main] c.e.Foo - failed'],
  ['warn', '2026-11-21 03:00:00.123  WARN 1 --- [nio-1] c.e.Foo : slow'],
  ['info', '[2026-11-21 03:00:00,123] INFO [GroupCoordinator 1]: ok (kafka.coordinator)'],
  ['warn', '[2026-11-21T03:00:00,123][WARN ][o.e.c.r.a.DiskThreshold] high'],
  ['error', '2026/11/21 03:00:00 [error] 12#0: *7 connect() failed (111: Connection refused)'],
  ['error', '[Wed Oct 11 14:32:52 2026] [core:error] [pid 7] AH00037'],
  ['info', '[Wed Oct 11 14:32:52 2026] [notice] jk2_init() found child 6 in error state'],
  ['error', '2026-11-21 03:00:00.000 UTC [12] ERROR:  relation "x" does not exist'],
  ['fatal', '2026-11-21 03:00:00.000 UTC [12] FATAL:  password authentication failed'],
  ['info', '2026-11-21 03:00:00.000 UTC [12] LOG:  checkpoint starting: time'],
  ['warn', '2026-11-21T03:00:00.000000Z 0 [Warning] [MY-010068] [Server] CA self signed'],
  ['warn', '1:M 21 Nov 2026 03:00:00.000 # WARNING overcommit_memory is set to 0'],
  ['info', '1:M 21 Nov 2026 03:00:00.000 * Ready to accept connections'],
  ['info', '2016-09-28 04:30:30, Info                  CBS    Loaded Servicing Stack'],
  ['error', '[2026-11-21 03:00:00] production.ERROR: Undefined index'],
  ['error', '[2026-11-21 03:00:00 +0000] [7] [ERROR] Worker timeout'],
  ['info', '[2026-11-21 03:00:00,000: INFO/MainProcess] Task received'],
  ['error', 'ERROR:root:could not connect'],
  ['error', 'fail: Microsoft.AspNetCore.Server.Kestrel[13]'],
  ['debug', 'dbug: Microsoft.Hosting[0]'],
  ['error', '[03:00:00 ERR] HTTP GET failed'],
  ['error', '\u001b[2m2026-11-21T03:00:00Z\u001b[0m \u001b[31mERROR\u001b[0m shop::pay: refused'],
  ['error', '2026-11-21 03:00:00.123|ERROR|Shop.Pay|refused'],
  ['error', 'npm ERR! code ELIFECYCLE'],
  ['warn', 'PHP Warning:  Undefined variable $x in /a.php on line 3'],
  ['fatal', 'PHP Fatal error:  Uncaught Exception: x'],
  ['error', '=ERROR REPORT==== 21-Nov-2026::03:00:00 ==='],
  ['info', '<info>  [1760000000.1234] manager: ready'],
  ['info', '[2026-11-21 03:00:00.000][1][info][main] all dependencies initialized'],
  ['error', 'SEVERE: Servlet.service() threw'],
  // access logs
  ['info', '10.0.0.1 - - [21/Nov/2026:03:00:00 +0000] "GET /errors HTTP/1.1" 200 612 "-" "curl"'],
  ['warn', '10.0.0.1 - - [21/Nov/2026:03:00:00 +0000] "GET /ERROR/x HTTP/1.1" 404 612'],
  ['error', '10.0.0.1 - bob [21/Nov/2026:03:00:00 +0000] "POST /pay HTTP/2.0" 502 0'],
  ['error', 'GET /pay 503 12.3 ms - 12'],
  ['info', 'INFO:     10.0.0.1:1234 - "GET /x HTTP/1.1" 404 Not Found'],
  // traces and words of last resort
  ['error', 'java.lang.IllegalStateException: x\n\tat com.shop.A.b(A.java:3)'],
  ['error', 'Traceback (most recent call last):\n  File "a.py", line 1, in f'],
  ['error', 'TypeError: x is not a function\n    at f (/srv/a.js:1:2)'],
  ['fatal', 'panic: runtime error: index out of range [3] with length 3'],
  ['fatal', 'fatal error: all goroutines are asleep - deadlock!'],
  ['fatal', "thread 'main' panicked at src/main.rs:2:5:"],
  ['fatal', "thread 'main' (20364) panicked at src/main.rs:2:5:\nno stock"],
  ['fatal', 'kernel: app[12]: segfault at 0 ip 00007f'],
  // no level
  ['unknown', 'finished with 0 errors and 0 warnings'],
  ['unknown', 'result error=null warning=false'],
  ['unknown', 'opened /var/errors/info.log'],
  ['unknown', 'ERROR_CODE=7 NON-FATAL issue'],
  ['unknown', 'the user said this is an error of theirs'],
  ['unknown', ''],
];

test.each(formats)('reads %s from %s', (level, line) => {
  expect(detectLevel(line, {}, {})).toBe(level);
});

test.each([
  ['metadata wins over labels', { level: 'info' }, { level: 'error' }, 'x', 'error'],
  ['labels win over the line', { severity: 'WARN' }, {}, '{"level":"error"}', 'warn'],
  ['a label that is no level is skipped', { level: 'gold' }, {}, 'level=error x=1', 'error'],
  ['the line wins over the guess of Loki', {}, { detected_level: 'error' }, 'level=info msg="0 errors"', 'info'],
  ['the guess of Loki wins over nothing', {}, { detected_level: 'warn' }, 'slow', 'warn'],
  ['an unknown guess says nothing', {}, { detected_level: 'unknown' }, 'panic: x', 'fatal'],
  ['OpenTelemetry numbers are understood', {}, { severity_number: '9' }, 'x', 'info'],
])('%s', (_title, labels, metadata, line, level) => {
  expect(detectLevel(line, labels as Record<string, string>, metadata as Record<string, string>)).toBe(level);
});
