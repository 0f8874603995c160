// A process that pushes lines into an embedded store and says after each push what has been acknowledged. Arguments: folder, number of the
// first line, lines of a push, size of the store in bytes. It ends by itself when opening or a push fails, with the reason on standard error.
import { createEmbeddedLogStore } from '@loghunter/adapters/embedded-logs';

const [directory = '', first = '0', linesPerPush = '1', maxSizeBytes = '100000000'] = process.argv.slice(2);
const { signal } = new AbortController();
try {
  const store = await createEmbeddedLogStore({ directory, maxSizeBytes: Number(maxSizeBytes) });
  process.stdout.write('open\n');
  for (let next = Number(first); ; next += Number(linesPerPush)) {
    const entries = Array.from({ length: Number(linesPerPush) }, (_unused, index) => ({
      timestampNs: BigInt(next + index) * 1_000_000n,
      line: `line ${next + index} ${'x'.repeat((next + index) % 200)}`,
      metadata: {},
    }));
    await store.push([{ labels: { app: 'shop', part: String(next % 3) }, entries }], signal);
    process.stdout.write(`${next + Number(linesPerPush) - 1}\n`);
  }
} catch (error) {
  process.stderr.write(error instanceof Error ? `${error.message}\n` : 'unknown\n');
  process.exitCode = 1;
}
