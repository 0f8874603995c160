import { randomUUID } from 'node:crypto';
import { exportKind, type KeptExport } from '../exports/export-kind.ts';
import { testNowMs, type TestServer } from './test-server.ts';

/** An export of the server's tenant that has ended, with the first piece of its file. Returns the job's id. */
export async function plantExport({ jobs, tenantId, openFeature }: TestServer, partCount = 1): Promise<string> {
  const { exportFiles } = await openFeature(tenantId);
  const actor = { kind: 'grafana-user', id: '7', name: 'ann' };
  const input = { owner: randomUUID() };
  const { job } = await jobs.create(tenantId, { kind: exportKind, input, actor, requestId: 'r', webhookId: null });
  const claimed = await jobs.claim(tenantId, job.id, { sendCount: 1, isRedelivered: false });
  const result: KeptExport = {
    ...{ fileId: randomUUID(), fileName: 'clusters.csv', rowCount: 0, totalCount: 0, isComplete: true, readUpTo: null },
    ...{ partCount, sizeBytes: 4, expiresAt: new Date(testNowMs + 86_400_000).toISOString() },
  };
  await exportFiles.write(tenantId, result.fileId, 0, 'id\r\n');
  await jobs.finish(tenantId, claimed?.claim ?? { jobId: job.id, claimId: job.id }, {
    ...{ status: 'succeeded', result, failure: null },
  });
  return job.id;
}
