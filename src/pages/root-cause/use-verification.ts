import type { LineVerification, QuotedLine } from '@loghunter/contracts';
import { serverClient } from '../../api/server-client';
import { useRequest, type Requested } from '../../api/use-request';

/** The server looks up no more at once. */
const maxLineCount = 50;

/** Quoted lines read again from the log store: by hash, whether each is there as it was quoted. */
export function useVerification(lines: readonly QuotedLine[]): Requested<ReadonlyMap<string, LineVerification>> {
  return useRequest(lines.map(({ hash }) => hash).join(' '), async (signal) => {
    const asked = lines
      .slice(0, maxLineCount)
      .map(({ labels, timestampNs, hash, text }) => ({ labels, timestampNs, hash, text }));
    const { lines: found } = await serverClient().verifyLines({ lines: asked }, signal);
    return new Map(found.map((verification) => [verification.hash, verification]));
  });
}
