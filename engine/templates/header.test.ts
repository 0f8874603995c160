import { describe, expect, it } from 'vitest';
import { analyzeLine } from './analyze-line.ts';
import { messageStartOf, peelHeader } from './header.ts';

const families: ReadonlyArray<readonly [family: string, header: string, message: string]> = [
  ['syslog', 'Jun 14 15:16:01 host sshd(pam_unix)[19939]: ', 'authentication failure; logname='],
  ['syslog with ISO time', '2024-05-01T12:00:00.123456+02:00 web01 nginx[123]: ', 'worker process exited'],
  ['RFC 5424', '<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su 77 ID47 - ', 'failed for lonvick'],
  ['RFC 5424 with data', '<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - [x@1 a="b"] ', 'It is time'],
  ['log4j', '2024-05-01 12:00:00,123 INFO  [main] com.acme.orders.OrderService: ', 'Order accepted'],
  ['logback', '2024-05-01 12:00:00,123 [main] INFO  com.acme.orders.OrderService - ', 'Order accepted'],
  ['Spring', '2024-05-01 12:00:00.123  INFO 7 --- [nio-8080-exec-1] c.a.o.OrderController    : ', 'Order accepted'],
  ['Spring 3', '2024-05-01T12:00:00.123Z  INFO 1 --- [orders] [main] o.s.b.w.TomcatWebServer  : ', 'Tomcat started'],
  [
    'clock, thread, level',
    '12:00:00.123 [http-nio-8080-exec-1] DEBUG o.s.web.servlet.DispatcherServlet - ',
    'Completed',
  ],
  ['logcat', '03-17 16:13:38.811  1702  2395 D WindowManager: ', 'print freezing'],
  ['klog', 'I0102 15:04:05.678901       1 controller.go:116] ', 'Starting garbage collector'],
  ['Apache error', '[Sun Dec 04 04:47:44 2005] [notice] ', 'init ok'],
  ['Apache 2.4 error', '[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328636416] ', 'File is missing'],
  ['Go log', '2024/05/01 12:00:00 ', 'listening on all addresses'],
  ['Go log with source line', '2024/05/01 12:00:00 server.go:42: ', 'listening on all addresses'],
  ['Python', '2024-05-01 12:00:00,123 - myapp.module - INFO - ', 'Started worker'],
  ['Python without a configuration', 'WARNING:myapp.module:', 'Disk is nearly full'],
  ['a message that begins with a host', '2024-05-01 12:00:00,123 - myapp - INFO - ', 'db.acme.io:5432 close, 7 bytes'],
  ['a message that begins with a host, Go log', '2024/05/01 12:00:00 ', 'db.acme.io:5432 close, 7 bytes'],
  ['NLog', '2024-05-01 12:00:00.1234|INFO|Acme.Orders|', 'db.acme.io:5432 close, 7 bytes'],
  ['Nest', '[Nest] 7  - 05/01/2024, 12:00:00 PM     ', 'Routes were mapped'],
  ['bracketed level first', '[INFO] 2024-05-01 12:00:00 ', 'Started worker'],
  ['a value after words, Go log', '2024/05/01 12:00:00 ', 'data address: 0x00000002'],
  ['Python with colon', '2024-05-01 12:00:00,123 INFO myapp.module: ', 'Started worker'],
  ['gunicorn', '[2024-05-01 12:00:00 +0000] [7] [INFO] ', 'Booting worker'],
  ['celery', '[2024-05-01 12:00:00,123: INFO/MainProcess] ', 'Task received'],
  ['loguru', '2024-05-01 12:00:00 | INFO     | app.main:run:44 - ', 'Started app'],
  ['pipes', '20240503-22:15:29:606|Step_Counter|30002312|', 'onStepChanged now'],
  ['columns', '2016-09-28 04:30:30, Info                  CBS    ', 'Loaded the servicing stack'],
  ['macOS', 'Jul  1 09:00:55 host-10-105 kernel[0]: ', 'Thunderbolt is awake'],
  ['Hadoop', '2015-10-18 18:01:47,978 INFO [main] org.apache.hadoop.mapreduce.v2.app.MRAppMaster: ', 'Created it'],
  ['Spark', '17/06/09 20:10:40 INFO executor.CoarseGrainedExecutorBackend: ', 'Registered signal handlers'],
  ['oslo', '2017-05-16 00:00:04.500 2931 INFO nova.compute.manager [req-3ea4052c - - - - -] ', 'VM started'],
  ['two times', '- 1131566461 2005.11.09 dn228 Nov 9 12:01:01 dn228/dn228 crond(pam_unix)[2915]: ', 'session closed'],
  ['event table', '134681 node-246 unix.hw state_change.bad 1077804742 1 ', 'Component State Change'],
  ['container runtime', '2024-05-01T12:00:00.123456789Z stdout F ', 'hello world'],
  ['compose', 'web_1  | 2024-05-01 12:00:00,123 INFO ', 'Starting now'],
  ['zap console', '2024-05-01T12:00:00.000Z\tINFO\tcontrollers/foo.go:55\t', 'Reconciling things'],
  ['PostgreSQL', '2024-05-01 12:00:00.123 UTC [1234] LOG:  ', 'checkpoint complete'],
  ['Serilog', '[12:00:00 INF] ', 'Order accepted'],
  ['Ruby', 'W, [2024-05-01T12:00:00.123456 #1234]  WARN -- : ', 'something odd'],
];

describe('headers', () => {
  it.each(families)('peels a header of the family %s', (_family, header, message) => {
    expect((header + message).slice(messageStartOf(header + message))).toBe(message);
    expect(analyzeLine(header + message).signature).toBe(analyzeLine(message).signature);
  });

  it.each([
    'Accepted 7 jobs',
    '1444444444 seconds passed',
    'user: root logged in',
    'INFO starting up',
    'failed at 12:00',
    '',
    ' ',
    '12:00:00',
  ])('leaves %j as it is', (line) => {
    expect(messageStartOf(line)).toBe(0);
  });

  it('never leaves an empty message', () => {
    const line = '2024-05-01 12:00:00,123 INFO ';
    expect(messageStartOf(line)).toBeLessThan(line.length);
  });

  it('names what it peeled', () => {
    const { fields } = analyzeLine('2024-05-01 12:00:00,123 WARN [worker-1] com.acme.Orders: late');
    expect(fields).toEqual({
      timestamp: '2024-05-01 12:00:00,123',
      level: 'WARN',
      thread: 'worker-1',
      logger: 'com.acme.Orders',
    });
  });

  it('gives pieces in order without overlap', () => {
    for (const [, header, message] of families) {
      const { pieces, messageStart } = peelHeader(header + message);
      let end = 0;
      for (const piece of pieces) {
        expect(piece.start).toBeGreaterThanOrEqual(end);
        end = piece.end;
      }
      expect(end).toBeLessThanOrEqual(messageStart);
    }
  });
});
