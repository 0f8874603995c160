import type { SqlSession } from '@loghunter/ports';
import { toStorableText } from './storable-text.ts';

interface ServiceRow extends Record<string, unknown> {
  readonly service: string;
  readonly namespace: string;
}

/** Services and namespaces that have streams, sorted by service, then namespace, in order of code points. */
export async function listServices(
  session: SqlSession,
  tenantId: string,
  namespaces: readonly string[]
): Promise<ReadonlyArray<{ readonly service: string; readonly namespace: string }>> {
  return session.query<ServiceRow>(
    `select service, namespace from streams
     where tenant_id = $1 and (cardinality($2::text[]) = 0 or namespace = any($2::text[]))
     group by service, namespace
     order by service collate "C", namespace collate "C"`,
    [tenantId, namespaces.map(toStorableText)]
  );
}
