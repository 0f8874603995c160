import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openInput } from './open-input.ts';

const directory = mkdtempSync(join(tmpdir(), 'loghunter-input-'));
afterAll(() => rmSync(directory, { recursive: true }));

// Bigger than one chunk, and not too easy to compress.
const text = Array.from({ length: 60_000 }, (_, index) => `line ${index} ${(index * 2654435761) % 4294967296}\n`).join(
  ''
);

function write(name: string, bytes: Buffer | string): string {
  const path = join(directory, name);
  writeFileSync(path, bytes);
  return path;
}

async function read(path: string): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of (await openInput(path)).chunks) {
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString();
}

describe('opening a file', () => {
  it.each([
    ['plain', Buffer.from(text)],
    ['gzip', gzipSync(text)],
    ['two gzip members', Buffer.concat([gzipSync(text.slice(0, 999)), gzipSync(text.slice(999))])],
    ['zstd', zstdCompressSync(text)],
    ['UTF-16 little endian', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('reads %s whatever its name', async (name, bytes) => {
    expect((await read(write(`${name}.log`, bytes))) === text).toBe(true);
  });

  it('reads an empty file as nothing', async () => {
    expect(await read(write('empty.log', ''))).toBe('');
  });

  it('counts the bytes of the file, not of its content', async () => {
    const bytes = gzipSync(text);
    const input = await openInput(write('counted.gz', bytes));
    for await (const _ of input.chunks) {
    }
    expect(input.readBytes()).toBe(bytes.length);
    expect(input.sizeBytes).toBe(bytes.length);
  });

  it.each([
    ['a truncated gzip file', gzipSync(text).subarray(0, 50_000), 'truncated'],
    ['a truncated zstd file', zstdCompressSync(text).subarray(0, 50_000), 'truncated'],
    ['a damaged gzip file', damaged(gzipSync(text)), 'damaged'],
    ['a damaged zstd file', damaged(zstdCompressSync(text)), 'damaged'],
    [
      'a binary file',
      Buffer.from(Array.from({ length: 4000 }, (_, index) => (index % 3 === 0 ? 0 : index % 256))),
      'binary',
    ],
  ])('refuses %s in one line', async (name, bytes, reason) => {
    const path = write(name, bytes);
    const failure = await read(path).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'CliError', exitCode: 3 });
    expect(String(failure)).toContain(reason);
    expect(String(failure)).toContain(path);
    expect(String(failure)).not.toContain('\n');
  });

  it.each([
    ['a missing file', join(directory, 'absent.log'), 'no such file'],
    ['a directory', directory, 'is a directory'],
    ['a path through a file', join(write('file.log', 'x'), 'y'), 'not a directory'],
  ])('refuses %s at once', async (_name, path, reason) => {
    await expect(openInput(path)).rejects.toThrow(reason);
  });
});

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0xa5, 30_000, 30_400);
  return copy;
}
