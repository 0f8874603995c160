import { describe, test } from 'vitest';
import type { Job, JobStatus } from '../job-store.ts';
import { createFakeAnalysisStore, type KeptRootCauses } from './analysis-store-fake.ts';
import { createFakeInvestigationStore } from './investigation-store-fake.ts';
import { rootCauseStoreCases, type RootCauseStoresUnderTest } from './root-cause-stores.cases.ts';

function openFakes(): RootCauseStoresUnderTest {
  const jobs = new Map<string, Job>();
  const kept: KeptRootCauses = {
    ...{ analyses: [], attached: new Map(), clusters: new Map() },
    findJob: (_, id) => jobs.get(id) ?? null,
  };
  const setStatus = (id: string, status: JobStatus) => {
    const job = jobs.get(id);
    const changed = job === undefined ? null : { ...job, status };
    if (changed !== null) {
      jobs.set(id, changed);
    }
    return changed;
  };
  return {
    analyses: createFakeAnalysisStore(kept),
    investigations: createFakeInvestigationStore(kept),
    jobs: {
      create(_, job) {
        const made = {
          ...job,
          id: crypto.randomUUID(),
          status: 'queued',
          progress: 0,
          progressText: '',
          failure: null,
        };
        jobs.set(made.id, made as unknown as Job);
        return Promise.resolve({ job: made as unknown as Job, isNew: true });
      },
      requestCancel: (_, id) => Promise.resolve(setStatus(id, 'cancelled')),
    },
    createTenant: () => Promise.resolve(crypto.randomUUID()),
  };
}

describe('the fakes of analyses and investigations keep their contracts', () => {
  test.each(rootCauseStoreCases)('$title', ({ run }) => run(openFakes()));
});
