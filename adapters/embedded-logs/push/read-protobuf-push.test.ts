import { compress } from 'snappyjs';
import { describe, expect, test } from 'vitest';

import { readProtobufPush } from './read-protobuf-push.ts';

const maxBytes = 1_000_000;

function varint(value: bigint): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  for (; rest >= 0x80n; rest >>= 7n) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
  }
  return Buffer.from([...bytes, Number(rest)]);
}

function field(fieldNumber: number, value: bigint | string | Buffer): Buffer {
  if (typeof value === 'bigint') {
    return Buffer.concat([varint(BigInt(fieldNumber << 3)), varint(value)]);
  }
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(BigInt((fieldNumber << 3) | 2)), varint(BigInt(bytes.length)), bytes]);
}

function message(...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields);
}

function entry(
  seconds: bigint,
  nanos: bigint,
  line: string,
  ...metadata: ReadonlyArray<readonly [string, string]>
): Buffer {
  const pairs = metadata.map(([name, value]) => field(3, message(field(1, name), field(2, value))));
  return field(2, message(field(1, message(field(1, seconds), field(2, nanos))), field(2, line), ...pairs));
}

describe('a push in protobuf', () => {
  test('is read with labels, times, lines and metadata', () => {
    const stream = field(
      1,
      message(
        field(1, '{app="shop", by="a\\"b\\n",c=`d`}'),
        entry(5n, 7n, 'liné', ['trace', 't1']),
        entry(6n, 0n, ''),
        field(3, 99n)
      )
    );
    expect(readProtobufPush(compress(message(stream, field(2, 'ignored'))), maxBytes)).toEqual([
      {
        labels: { app: 'shop', by: 'a"b\n', c: 'd' },
        entries: [
          { timestampNs: 5_000_000_007n, line: 'liné', metadata: { trace: 't1' } },
          { timestampNs: 6_000_000_000n, line: '', metadata: {} },
        ],
      },
    ]);
  });

  test('with thousands of like lines is unpacked', () => {
    const entries = Array.from({ length: 5000 }, (_unused, index) =>
      entry(BigInt(index), 0n, `the same words again ${index}`)
    );
    const packed = compress(field(1, message(field(1, '{a="b"}'), ...entries)));
    expect(readProtobufPush(packed, maxBytes)[0]?.entries).toHaveLength(5000);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a claim of 4 GiB in five bytes', Buffer.from([0xff, 0xff, 0xff, 0xff, 0x0f])],
    ['the framed format', Buffer.from('ff060000734e61507059', 'hex')],
    ['text', Buffer.from('{"streams":[]}')],
  ])('%s is refused', (_name, body) => {
    expect(() => readProtobufPush(body, maxBytes)).toThrow(/Snappy/);
  });

  test.each([
    ['a field that ends too late', message(varint(10n), varint(100n), Buffer.from('x'))],
    ['a number without an end', Buffer.alloc(12, 0xff)],
    ['a group', Buffer.from([0x0b, 0x0c])],
    ['a fixed field that is cut', Buffer.from([0x09, 1, 2])],
  ])('%s is refused', (_name, body) => {
    expect(() => readProtobufPush(compress(body), maxBytes)).toThrow(/protobuf/);
  });

  test.each(['{a="b"', '{a=b}', '{a="b" c="d"}', '{a="b",a="c"}', '{a="\\q"}', '{1a="b"}'])(
    'the labels %s are refused',
    (labels) => {
      expect(() => readProtobufPush(compress(field(1, field(1, labels))), maxBytes)).toThrow(/labels of a stream/);
    }
  );

  test('a block cut at any byte is refused', () => {
    const packed = compress(field(1, message(field(1, '{a="b"}'), entry(1n, 2n, 'hello hello hello hello'))));
    for (let length = 0; length < packed.length; length += 1) {
      expect(() => readProtobufPush(packed.subarray(0, length), maxBytes)).toThrow(/Snappy/);
    }
  });

  test('more than the limit is refused before it is unpacked', () => {
    expect(() => readProtobufPush(compress(Buffer.alloc(2_000_000)), maxBytes)).toThrow(/more than 1000000 bytes/);
  });
});
