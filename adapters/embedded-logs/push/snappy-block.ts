// Snappy's raw block format (format_description.txt of google/snappy). Written here because the JavaScript package for it
// takes a block that was cut off for a whole one and fills up with zeros.

/**
 * Unpacks a block. Null when it is broken, cut off, or claims more than `maxBytes`: nothing is allocated from a claim above that.
 */
export function unpackSnappyBlock(block: Buffer, maxBytes: number): Buffer | null {
  const length = readLength(block);
  if (length === null || length.value > maxBytes) {
    return null;
  }
  const output = Buffer.alloc(length.value);
  let read = length.end;
  let written = 0;
  while (read < block.length) {
    const element = readElement(block, read);
    if (element === null || element.length > output.length - written) {
      return null;
    }
    if (element.offset === 0) {
      block.copy(output, written, element.end, element.end + element.length);
      read = element.end + element.length;
      if (read > block.length) {
        return null;
      }
    } else {
      if (element.offset > written) {
        return null;
      }
      copyEarlier(output, written, element.offset, element.length);
      read = element.end;
    }
    written += element.length;
  }
  return written === output.length ? output : null;
}

function readLength(block: Buffer): { readonly value: number; readonly end: number } | null {
  let value = 0;
  for (let index = 0; index < 5; index += 1) {
    const byte = block[index];
    if (byte === undefined) {
      return null;
    }
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) {
      return { value, end: index + 1 };
    }
  }
  return null;
}

interface Element {
  readonly length: number;
  /** How far back a copy begins; 0 for a literal, whose bytes follow. */
  readonly offset: number;
  /** Position after the element's head. */
  readonly end: number;
}

function readElement(block: Buffer, position: number): Element | null {
  const tag = block[position] ?? 0;
  const kind = tag & 3;
  const size = tag >>> 2;
  if (kind === 0) {
    const extraBytes = size < 60 ? 0 : size - 59;
    const end = position + 1 + extraBytes;
    if (end > block.length) {
      return null;
    }
    return { length: extraBytes === 0 ? size + 1 : block.readUIntLE(position + 1, extraBytes) + 1, offset: 0, end };
  }
  const offsetBytes = [0, 1, 2, 4][kind] ?? 0;
  const end = position + 1 + offsetBytes;
  if (end > block.length) {
    return null;
  }
  const low = block.readUIntLE(position + 1, offsetBytes);
  const offset = kind === 1 ? ((tag >>> 5) << 8) | low : low;
  // A copy from nowhere would look like a literal.
  return offset === 0 ? null : { length: kind === 1 ? (size & 7) + 4 : size + 1, offset, end };
}

/** A copy may overlap what it writes: that is how runs are packed. */
function copyEarlier(output: Buffer, written: number, offset: number, length: number): void {
  if (offset >= length) {
    output.copyWithin(written, written - offset, written - offset + length);
    return;
  }
  for (let index = written; index < written + length; index += 1) {
    output[index] = output[index - offset] ?? 0;
  }
}
