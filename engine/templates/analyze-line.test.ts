import { describe, expect, it } from 'vitest';
import { analyzeLine } from './analyze-line.ts';
import { renderTemplate } from './render-template.ts';

function template(line: string): string {
  return renderTemplate(analyzeLine(line).parts);
}

function types(line: string): string[] {
  return analyzeLine(line).parts.flatMap((part) => (part.kind === 'variable' ? [part.type] : []));
}

describe('masks', () => {
  it.each([
    ['number', 'took 17 tries', 'took <*> tries'],
    ['number', 'offset -5 kept', 'offset <*> kept'],
    ['number', 'fraction 3.14 kept', 'fraction <*> kept'],
    ['quantity', 'took 17 ms today', 'took <*> today'],
    ['quantity', 'took 17ms today', 'took <*> today'],
    ['quantity', 'at 93% now', 'at <*> now'],
    ['quantity', 'sent 1396 bytes (1.36 KB) today', 'sent <*> today'],
    ['quantity', 'lifetime <1 sec today', 'lifetime <*> today'],
    ['id', 'block blk_-123 gone', 'block <*> gone'],
    ['id', 'core.4900 written', '<*> written'],
    ['uuid', 'job 123e4567-e89b-12d3-a456-426614174000 done', 'job <*> done'],
    ['hex', 'at 0x1fa3 now', 'at <*> now'],
    ['hex', 'commit 9fceb02d0ae598 done', 'commit <*> done'],
    ['ip', 'peer 10.0.0.1 left', 'peer <*> left'],
    ['ip', 'peer 10.0.0.1:8080 left', 'peer <*> left'],
    ['ip', 'peer /10.0.0.1:8080 left', 'peer <*> left'],
    ['ip', 'peer fe80::1ff:fe23:4567:890a left', 'peer <*> left'],
    ['ip', 'card 00:1b:44:11:3a:b7 found', 'card <*> found'],
    ['host', 'peer db.example.com:5432 left', 'peer <*> left'],
    ['time', 'at 12:30:01 sharp', 'at <*> sharp'],
    ['time', 'on 2024-05-01 again', 'on <*> again'],
    ['time', 'at Sat Jul  9 12:16:49 2005 again', 'at <*> again'],
    ['url', 'GET https://example.com/a?b=c, done', 'GET <*>, done'],
    ['path', 'open /var/log/app.log, done', 'open <*>, done'],
    ['path', 'open C:\\Windows\\System32\\x.dll now', 'open <*> now'],
    ['email', 'mail to amy@example.com sent', 'mail to <*> sent'],
    ['null', 'tag=null kept', 'tag=<*> kept'],
    ['quoted', 'tag="a b" kept', 'tag=<*> kept'],
    ['any', 'was <*> before', 'was <*> before'],
  ])('masks a %s in %j', (type, line, expected) => {
    expect(template(line)).toBe(expected);
    expect(types(line)).toEqual([type]);
  });

  it.each([
    'connection reset by peer',
    'state changed from STARTED to STOPPED',
    'flag is true, other=false',
    'said "hello" twice',
    'a/b or c',
    'call May later',
    'std::vector::at',
    'deprecated.property.name is deprecated',
  ])('keeps %j', (line) => {
    expect(template(line)).toBe(line);
  });

  it('folds neighbouring variables into one', () => {
    expect(template('points 1, 2, 3 and 4 5 6 drawn')).toBe('points <*> and <*> drawn');
  });

  it('skips colours', () => {
    expect(analyzeLine('\u001b[31mfailed\u001b[0m badly').signature).toBe('failed badly');
  });
});

describe('structured lines', () => {
  it('reads JSON and logfmt by their message field', () => {
    const json = analyzeLine('{"level":"info","ts":"2024-05-01T12:00:00Z","msg":"Server is ready on port 80","n":5}');
    const logfmt = analyzeLine('ts=2024-05-01T12:00:00Z level=info msg="Server is ready on port 80" n=5');
    expect(renderTemplate(json.parts)).toBe('Server is ready on port <*>');
    expect(renderTemplate(logfmt.parts)).toBe('Server is ready on port <*>');
    expect(json.fields).toEqual({ level: 'info', timestamp: '2024-05-01T12:00:00Z' });
    expect(json.signature).not.toBe(logfmt.signature);
  });

  it('does not depend on values, on the order of keys or on optional keys beside a telling message', () => {
    const one = analyzeLine('{"level":"info","msg":"Order 7 was accepted late","user":"amy"}');
    const other = analyzeLine('{"msg":"Order 8 was accepted late","level":"INFO","extra":1}');
    expect(other.signature).toBe(one.signature);
  });

  it.each([
    ['level', 'level=info msg="Order was accepted late"', 'level=warn msg="Order was accepted late"'],
    [
      'logger',
      'level=info logger=a.B msg="Order was accepted late"',
      'level=info logger=a.C msg="Order was accepted late"',
    ],
    ['keys of a short message', 'level=info msg=request path=/a', 'level=info msg=request query=b'],
    ['component of a short message', 'component=a level=info msg=done', 'component=b level=info msg=done'],
    ['keys without a message', '{"level":"info","a":1}', '{"level":"info","b":1}'],
  ])('tells lines apart by %s', (_what, first, second) => {
    expect(analyzeLine(first).signature).not.toBe(analyzeLine(second).signature);
  });

  it('ignores the line number of a caller', () => {
    const first = analyzeLine('level=info caller=main.go:17 msg="Order was accepted late"');
    const second = analyzeLine('level=info caller=main.go:99 msg="Order was accepted late"');
    expect(second.signature).toBe(first.signature);
    expect(first.signature).toContain('source=main.go');
  });

  it('reads a structured message after a header', () => {
    const line = analyzeLine('I0102 15:04:05.678901       1 pod.go:116] "Synced these pods" pod="ns/name-7" n=5');
    expect(renderTemplate(line.parts)).toBe('Synced these pods');
    expect(analyzeLine('2024-05-01T12:00:00Z stdout F {"level":"info","msg":"x y z"}').signature).toContain('{json}');
  });

  it.each([
    ['JSON', '{"level":"info","msg":"Cache was refilled now","entries":5}'],
    ['logfmt', 'time=2024-05-01T12:00:00Z level=info msg="Cache was refilled now" entries=5'],
    ['a header and JSON', '2024-05-01T12:00:00Z {"level":"info","msg":"Cache was refilled now"}'],
  ])('reads %s inside the string of a wrapper', (_what, inner) => {
    const wrapped = JSON.stringify({ log: `${inner}\n`, stream: 'stderr', time: '2024-05-01T12:00:00Z' });
    const line = analyzeLine(wrapped);
    expect(line.signature).toBe(analyzeLine(inner).signature);
    expect(renderTemplate(line.parts)).toBe('Cache was refilled now');
    expect(line.fields.level).toBe('info');
    const kept = line.spans.filter(({ kind }) => kind === 'kept').map(({ start, end }) => wrapped.slice(start, end));
    expect(kept.join('')).toBe('Cache was refilled now');
  });

  it('masks an object at the end of a plain line', () => {
    expect(template('2024-05-01T12:00:00.000Z\tINFO\tReconciling thing\t{"name": "x", "n": 5}')).toBe(
      'Reconciling thing <*>'
    );
  });

  it.each([
    ['a name made of known words', '{"app_level":"info","logMessage":"Cache was refilled now"}'],
    ['the only sentence', '{"sev":"info","who":"amy","happening":"Cache was refilled now","n":5}'],
    ['the only sentence in logfmt', 'when=2024-05-01T12:00:00Z sev=info happening="Cache was refilled now" n=5'],
    [
      'a field of an object inside',
      '{"time":"2024-05-01T12:00:00Z","data":{"level":"info","message":"Cache was refilled now"}}',
    ],
    [
      'a sentence of an object inside',
      '{"when":"x","data":{"sev":"info","inner":{"happening":"Cache was refilled now"}}}',
    ],
  ])('finds the message by %s', (_how, line) => {
    expect(template(line)).toBe('Cache was refilled now');
    expect(analyzeLine(line).signature).toContain('level=info');
  });

  it('takes short values under names that fit a message, and no values of other kinds', () => {
    expect(template('{"sev":"info","detail":"refilled 17"}')).toBe('refilled <*>');
    const agent = '{"status":200,"agent":"Mozilla/5.0 (X11; Linux) Gecko like Firefox here","path":"/a"}';
    expect(template(agent)).toBe('"status":<*> "agent":<*> "path":<*>');
    expect(template('{"city":"New York","name":"Amy Hall"}')).toBe('"city":<*> "name":<*>');
  });

  it('reads a JSON line that was cut off', () => {
    expect(template('{"level":"info","msg":"Server is ready now","detail":"cut o')).toBe('Server is ready now');
  });

  it('takes a sentence with settings as plain text', () => {
    expect(analyzeLine('uid=0 euid=0').signature).toBe('uid = <*> euid = <*>');
  });
});

describe('access logs', () => {
  const line = (request: string, status: number): string =>
    `10.0.0.1 - amy [01/May/2024:12:00:00 +0000] "${request} HTTP/1.1" ${status} 512 "-" "curl/8"`;

  it('groups by method, route shape and status class', () => {
    expect(template(line('GET /api/v1/users/17?full=1', 200))).toBe('GET /api/v1/users/<*> 2<*>');
    expect(analyzeLine(line('GET /api/v1/users/18', 204)).signature).toBe(
      analyzeLine(line('GET /api/v1/users/17', 200)).signature
    );
    expect(analyzeLine(line('POST /api/v1/users/17', 200)).signature).not.toBe(
      analyzeLine(line('GET /api/v1/users/17', 200)).signature
    );
    expect(analyzeLine(line('GET /api/v1/users/17', 500)).signature).not.toBe(
      analyzeLine(line('GET /api/v1/users/17', 200)).signature
    );
  });

  it('gathers routes that do not exist', () => {
    expect(analyzeLine(line('GET /wp-login.php', 404)).signature).toBe(analyzeLine(line('GET /.env', 404)).signature);
  });
});

describe('spans', () => {
  it('shows what was peeled, kept and masked', () => {
    const text = '2024-05-01 12:00:00 INFO took 17 tries';
    const spans = analyzeLine(text).spans.map(({ start, end, kind, type }) => [text.slice(start, end), kind, type]);
    expect(spans).toEqual([
      ['2024-05-01 12:00:00 ', 'peeled', 'timestamp'],
      ['INFO ', 'peeled', 'level'],
      ['took ', 'kept', ''],
      ['17', 'masked', 'number'],
      [' tries', 'kept', ''],
    ]);
  });

  it('covers a line longer than what is analysed', () => {
    const text = `start ${'word '.repeat(5000)}end`;
    const last = analyzeLine(text).spans.at(-1);
    expect(last).toMatchObject({ end: text.length, kind: 'masked', type: 'rest' });
  });
});

describe('larger values', () => {
  it.each([
    ['object', 'answer is Order(id=1, state=NEW, items=[Item(n=2)]) again', 'answer is <*> again'],
    ['object', 'window = Token{9f4 key=a rank=b} kept', 'window = <*> kept'],
    ['object', 'data={a=b, c={d=e}} kept', 'data=<*> kept'],
    ['path', 'open src/main/app now', 'open <*> now'],
    ['id', 'install 3.6.1+dfsg+2 now', 'install <*> now'],
  ])('masks a printed %s in %j', (type, line, expected) => {
    expect(template(line)).toBe(expected);
    expect(types(line)).toEqual([type]);
  });

  it.each(['call(one=two) kept', 'read/write lock', 'open(a, b) kept', 'Order(id=a, state=b'])('keeps %j', (line) => {
    expect(template(line)).toBe(line);
  });
});
