import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPreview, createPreviewServer, type PreviewOptions } from '@loghunter/preview';
import { checkoutDirectory } from '../checkout-paths.ts';
import { CliError } from '../cli-error.ts';
import { exitCodes } from '../exit-codes.ts';

/** The page in a browser, without Grafana. */
export interface RunningPreview {
  readonly url: string;
  connect(serverUrl: string): void;
  close(): Promise<void>;
}

const triedPortCount = 20;

/** Serves the plugin's build on `port`, or on the next free one. */
export async function startPreview(
  port: number,
  options: Pick<PreviewOptions, 'serverSecret' | 'nowMs'>
): Promise<RunningPreview> {
  const distDirectory = join(checkoutDirectory, 'dist');
  await access(join(distDirectory, 'module.js')).catch((cause: unknown) => {
    throw new CliError(
      exitCodes.unavailable,
      "the plugin is not built yet; 'make demo' or 'npm run build' does it",
      cause
    );
  });
  await buildPreview();
  for (let tried = port; ; tried++) {
    const preview = await createPreviewServer({ distDirectory, ...options });
    try {
      const url = (await preview.listen(tried)).replace(/\/$/, '');
      return { url, connect: preview.connect, close: () => preview.close() };
    } catch (error) {
      if (!isBusy(error)) {
        throw error;
      }
      if (port === 0 || tried + 1 >= port + triedPortCount || tried >= 65_535) {
        throw new CliError(
          exitCodes.unavailable,
          `ports ${port} to ${tried} are all in use; give another one with --port`,
          error
        );
      }
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
