import fc from 'fast-check';

/** Words as log messages use them, with some that look like values. */
const word = fc.constantFrom(
  'connection',
  'from',
  'closed',
  'user',
  'failed',
  'to',
  'open',
  'file',
  'ERROR',
  'state',
  'Accepted',
  'is',
  'null',
  'http',
  'Jan',
  'May',
  'true',
  'x',
  'é',
  '日志',
  'a.b.C',
  'well-known',
  'dead',
  '$var',
  'B',
  'ms'
);

const value = fc.oneof(
  fc.nat().map(String),
  fc.uuid(),
  fc.ipV4(),
  fc.ipV6(),
  fc.emailAddress(),
  fc.webUrl({ withQueryParameters: true }),
  fc.constantFrom(
    '/var/log/x.log',
    '~/a',
    '../b/c',
    'C:\\Windows\\x',
    '0x1f',
    '12:30:01',
    '10 ms',
    '1.5 KB (1536 B)',
    'blk_-77'
  )
);

const punctuation = fc.constantFrom(
  ':',
  ',',
  '=',
  '"',
  "'",
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '<',
  '>',
  '/',
  '\\',
  '-',
  '+',
  '.',
  '..',
  '#',
  '*',
  '|',
  '%',
  '~',
  '@',
  '::',
  '://',
  '="',
  '":',
  '<*>',
  '\u001b[31m',
  '\u0000',
  '\ud800',
  '\u200f',
  '\t'
);

const blank = fc.constantFrom('', ' ', ' ', ' ', '  ', '\t');

/** Messages made of words, values and punctuation in any order: close to real ones and far from them. */
export const messages = fc
  .array(
    fc.tuple(
      fc.oneof({ weight: 4, arbitrary: word }, { weight: 2, arbitrary: value }, { weight: 2, arbitrary: punctuation }),
      blank
    ),
    {
      maxLength: 24,
    }
  )
  .map((pieces) => pieces.map(([text, space]) => text + space).join(''));

const header = fc.constantFrom(
  '',
  '2024-05-01 12:00:00,123 INFO  [main] com.acme.Orders: ',
  'Jun 14 15:16:01 host sshd[19939]: ',
  'I0102 15:04:05.678901       1 controller.go:116] ',
  '[Sun Dec 04 04:47:44 2005] [notice] ',
  '17/06/09 20:10:40 INFO executor.Backend: '
);

const jsonLine = fc
  .record(
    {
      level: fc.constantFrom('info', 'error'),
      msg: messages,
      ts: fc.constant('2024-05-01T12:00:00Z'),
      n: fc.nat(),
      err: messages,
    },
    { requiredKeys: [] }
  )
  .map((fields) => JSON.stringify(fields));

/** What a container runtime makes of a line: a JSON object around it, escapes within escapes. */
const wrappedLine = fc
  .oneof(
    jsonLine,
    messages,
    fc.tuple(fc.nat(60), messages).map(([level, message]) => JSON.stringify({ level, msg: message }))
  )
  .map((line) => JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: '2024-05-01T12:00:00Z' }));

const logfmtLine = fc
  .tuple(fc.constantFrom('info', 'warn'), messages, fc.nat())
  .map(([level, message, count]) => `level=${level} msg=${JSON.stringify(message)} count=${count}`);

/** Whole lines: plain ones with and without a header, JSON, logfmt, and any text at all. */
export const logLines = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(header, messages).map(([before, message]) => before + message) },
  { weight: 2, arbitrary: jsonLine },
  { weight: 2, arbitrary: logfmtLine },
  { weight: 2, arbitrary: wrappedLine },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) }
);
