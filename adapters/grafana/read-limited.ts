import type { PortError } from '@loghunter/ports';

/** The whole body as text. Throws what `tooLong` makes when it has more than `mostBytes` bytes, without reading on. */
export async function readLimited(
  response: Response,
  mostBytes: number,
  tooLong: (reason: string) => PortError
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > mostBytes) {
      throw tooLong(`the answer has more than ${mostBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
