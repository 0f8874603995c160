import { PortError, type LogStore, type Watch } from '@loghunter/ports';
import type { ScanContext } from './scan-context.ts';

/** The context with the log store that the watch reads. Throws `PortError` `not-found` when its source is not configured any more. */
export function contextOf<Context extends Pick<ScanContext, 'logs' | 'sources'>>(
  context: Context,
  { name, source }: Pick<Watch, 'name' | 'source'>
): Context {
  const logs: LogStore | undefined = source === '' ? context.logs : context.sources?.get(source);
  if (logs === undefined) {
    throw new PortError({
      system: 'loki',
      kind: 'not-found',
      message: `The watch ${name} reads the log source ${source}, which LOGHUNTER_LOKI_SOURCES does not name`,
    });
  }
  return { ...context, logs };
}
