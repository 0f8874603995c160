import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toUtf8 } from './text-encoding.ts';

async function decode(bytes: Buffer, size = bytes.length): Promise<string> {
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let start = 0; start < bytes.length; start += size) {
      yield bytes.subarray(start, start + size);
    }
  }
  const parts: Buffer[] = [];
  for await (const part of toUtf8('x.log', pieces())) {
    parts.push(Buffer.from(part));
  }
  return Buffer.concat(parts).toString();
}

const western = '2026-11-20 10:00:00 Zugriff für Müller verweigert: größer als 5 € – „nein“\n'.repeat(300);
const plain = '2026-11-20 10:00:00 access denied\n'.repeat(2000);

function windows1252(text: string): Buffer {
  const special: Readonly<Record<string, number>> = { '€': 0x80, '–': 0x96, '„': 0x84, '“': 0x93 };
  return Buffer.from(Array.from(text, (character) => special[character] ?? character.charCodeAt(0)));
}

describe('encodings', () => {
  it.each([
    ['UTF-8', Buffer.from(western)],
    ['Windows-1252', windows1252(western)],
    ['Windows-1252 after much plain text', Buffer.concat([Buffer.from(plain), windows1252(western)])],
    ['UTF-16 little endian', Buffer.from(western, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(western, 'utf16le').swap16()],
  ])('recognises %s without a mark, however the bytes are cut', async (name, bytes) => {
    const expected = name.includes('plain text') ? plain + western : western;
    for (const size of [bytes.length, 65_536, 4097]) {
      expect((await decode(bytes, size)) === expected, `${size}`).toBe(true);
    }
  });

  it('reads Latin-1', async () => {
    expect(await decode(Buffer.from('caf\u00e9 ferm\u00e9\n', 'latin1'))).toBe('café fermé\n');
  });

  it('reads other scripts in UTF-8', async () => {
    expect(await decode(Buffer.from('ошибка соединения 接続エラー\n'))).toBe('ошибка соединения 接続エラー\n');
  });

  it('keeps UTF-8 for a file in which some characters are broken', async () => {
    const bytes = Buffer.concat([Buffer.from('größe\n'.repeat(50)), Buffer.from([0xc3, 0x0a, 0xff, 0x0a])]);
    expect(await decode(bytes)).toContain('größe\n\ufffd\n');
  });

  it('reads text with colours and a gap of NULs', async () => {
    const text = `\u001b[31merror\u001b[0m\n${'ready\n'.repeat(100)}\u0000\u0000\u0000\u0000`;
    expect(await decode(Buffer.from(text))).toBe(text);
  });

  it.each([
    ['random bytes', randomBytes(20_000)],
    ['NULs', Buffer.alloc(5000)],
    ['numbers of four bytes', Buffer.from(Int32Array.from({ length: 2000 }, (_, index) => index).buffer)],
  ])('refuses %s', async (_name, bytes) => {
    await expect(decode(bytes)).rejects.toThrow('cannot read x.log: looks like a binary file');
  });
});
