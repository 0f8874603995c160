import type { Annotation, AnnotationBoard, DeployStore, NewNotice, StoredAnnotation } from '@loghunter/ports';
import { createFakeNoticeStore, createManualClock, sampleNotice } from '@loghunter/ports/testing';
import { describe, expect, test } from 'vitest';
import { readDeploys } from '../deploys/annotated-deploys.ts';
import type { JobRun } from '../jobs/job-kind.ts';
import { annotationJobKind, createAnnotationKind } from './annotation-kind.ts';

const incidentId = crypto.randomUUID();
const tenantId = crypto.randomUUID();

/** Annotations in memory, as Grafana keeps them. */
function createBoard(kept: StoredAnnotation[] = []): AnnotationBoard & { readonly kept: StoredAnnotation[] } {
  return {
    kept,
    create(annotation) {
      kept.push({ ...annotation, id: kept.length + 1 });
      return Promise.resolve({ id: kept.length });
    },
    change(id: number, annotation: Annotation) {
      const index = kept.findIndex((each) => each.id === id);
      kept[index] = { ...annotation, id };
      return Promise.resolve();
    },
    find: (tags, range) =>
      Promise.resolve(
        kept.filter(
          (each) =>
            tags.every((tag) => each.tags.includes(tag)) &&
            each.fromMs <= range.toMs &&
            (each.toMs ?? each.fromMs) >= range.fromMs
        )
      ),
  };
}

describe("an incident on Grafana's time axis", () => {
  async function createScene() {
    const notices = createFakeNoticeStore();
    const board = createBoard();
    const kind = createAnnotationKind({ notices, board });
    async function annotate(change: Partial<NewNotice>) {
      const key = JSON.stringify(change);
      const { notice } = await notices.add(tenantId, sampleNotice({ incidentId, dedupKey: key, ...change }));
      const job = { kind: annotationJobKind, input: { noticeId: notice.id } } as unknown as JobRun['job'];
      const run = { tenantId, job, signal: AbortSignal.timeout(5000), report: () => undefined };
      return () => kind.run(run);
    }
    return { board, annotate };
  }

  test('is one annotation from its opening to its end, however often the jobs run', async () => {
    const { board, annotate } = await createScene();
    const open = await annotate({ range: { fromMs: 1000, toMs: 2000 } });
    await open();
    await open();
    expect(board.kept).toMatchObject([{ fromMs: 1000, toMs: null }]);
    expect(board.kept[0]?.tags).toEqual(['loghunter', 'incident', `incident:${incidentId}`, 'severity:high']);
    await (
      await annotate({ kind: 'incident-closed', range: { fromMs: 1000, toMs: 9000 } })
    )();
    expect(board.kept).toMatchObject([{ id: 1, fromMs: 1000, toMs: 9000 }]);
  });

  test('stays ended when the job of its opening comes late', async () => {
    const { board, annotate } = await createScene();
    const open = await annotate({ range: { fromMs: 1000, toMs: 2000 } });
    await (
      await annotate({ kind: 'incident-closed', range: { fromMs: 1000, toMs: 9000 } })
    )();
    await open();
    expect(board.kept).toMatchObject([{ fromMs: 1000, toMs: 9000 }]);
  });
});

describe('annotations tagged deploy', () => {
  test('are deploys of the service that a tag names; the others are left out', async () => {
    const nowMs = Date.UTC(2026, 10, 28, 12);
    const made: Array<Parameters<DeployStore['create']>[1]> = [];
    const common = { toMs: null, fromMs: nowMs - 60_000 };
    const board = createBoard([
      { ...common, id: 1, tags: ['deploy', 'service:checkout', 'version=v2.41.0', 'env: prod'], text: 'x' },
      { ...common, id: 2, tags: ['deploy', 'app:cart'], text: 'Released <b>cart</b> 7\nby CI' },
      { ...common, id: 3, tags: ['deploy'], text: 'of nobody knows what' },
      { ...common, id: 4, tags: ['service:search'], text: 'no deploy' },
      { ...common, id: 5, tags: ['deploy', 'service:old'], text: 'old', fromMs: nowMs - 86_400_000 },
    ]);
    const deploys = {
      create(_: string, deploy: (typeof made)[number]) {
        made.push(deploy);
        return Promise.resolve({ ...deploy, id: 'one' });
      },
    } as unknown as DeployStore;
    const clock = createManualClock(nowMs);
    expect(await readDeploys({ tenantId, board, deploys, clock, observeFailure: () => undefined })).toBe(2);
    expect(made.map(({ service, namespace, version }) => [service, namespace, version])).toEqual([
      ['checkout', 'prod', 'v2.41.0'],
      ['cart', '', 'Released cart 7 by CI'],
    ]);
  });
});
