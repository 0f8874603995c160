import { embeddedFailure } from '../embedded-failure.ts';

/** A field of a protobuf message: whole numbers as bigint, everything with a length as bytes. Other kinds are skipped. */
export type ProtobufField = readonly [fieldNumber: number, value: bigint | Buffer];

/** The fields of a message in their order. Throws `PortError` `rejected` when the bytes are no message. */
export function* readProtobufFields(message: Buffer): Generator<ProtobufField> {
  let position = 0;
  while (position < message.length) {
    const key = readVarint(message, position);
    const fieldNumber = Number(key.value >> 3n);
    const wireType = Number(key.value & 7n);
    if (fieldNumber === 0) {
      throw broken();
    }
    switch (wireType) {
      case 0: {
        const number = readVarint(message, key.end);
        yield [fieldNumber, number.value];
        position = number.end;
        break;
      }
      case 1:
        position = key.end + 8;
        break;
      case 2: {
        const length = readVarint(message, key.end);
        position = length.end + Number(length.value);
        if (position > message.length) {
          throw broken();
        }
        yield [fieldNumber, message.subarray(length.end, position)];
        break;
      }
      case 5:
        position = key.end + 4;
        break;
      default:
        throw broken();
    }
  }
  if (position !== message.length) {
    throw broken();
  }
}

function readVarint(message: Buffer, start: number): { readonly value: bigint; readonly end: number } {
  let value = 0n;
  for (let index = 0; index < 10; index += 1) {
    const byte = message[start + index];
    if (byte === undefined) {
      throw broken();
    }
    value |= BigInt(byte & 0x7f) << BigInt(7 * index);
    if (byte < 0x80) {
      return { value, end: start + index + 1 };
    }
  }
  throw broken();
}

function broken(): ReturnType<typeof embeddedFailure> {
  return embeddedFailure('rejected', 'the push is no protobuf message');
}
