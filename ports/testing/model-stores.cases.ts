import { expect } from 'vitest';
import type { EgressLedger, NewEgressEntry } from '../egress-ledger.ts';
import type { ExplanationStore, NewExplanation } from '../explanation-store.ts';
import { defaultModelSettings, type ModelSettingsStore } from '../model-settings-store.ts';
import type { ContractCase } from './contract-case.ts';

/** The stores of language models, with two tenants that have done nothing. */
export interface ModelStoresUnderTest {
  readonly settings: ModelSettingsStore;
  readonly egress: EgressLedger;
  readonly explanations: ExplanationStore;
  /** Makes a tenant and returns its id. */
  createTenant(): Promise<string>;
}

const actor = { kind: 'user', id: 'user:1', name: 'Ada' };
const budgets = { tokensPerDay: 10_000, callsPerMinute: 3, microdollarsPerMonth: 1000 };

/** A call, with the given differences. */
export function anEgressEntry(changes: Partial<NewEgressEntry> = {}): NewEgressEntry {
  return {
    ...{ purpose: 'explanation', provider: 'openai', model: 'large', destination: 'models.example:443' },
    ...{ leftInstallation: true, text: 'what went out', textHash: 'f'.repeat(64), sizeBytes: 13 },
    ...{ redactions: [{ kind: 'ip', count: 2 }], inputTokens: 100, outputTokens: 50, costMicrodollars: 10 },
    ...{ actor, subjectId: null },
    ...changes,
  };
}

/** An explanation to begin, with the given differences. */
export function aNewExplanation(changes: Partial<NewExplanation> = {}): NewExplanation {
  return {
    ...{ analysisId: crypto.randomUUID(), packHash: 'a'.repeat(64), provider: 'ollama', model: 'fake:7b' },
    ...{ promptVersion: 'v1', verdict: 'likely', confidence: 0.6, createdBy: actor },
    content: {
      ...{ origin: 'fixed-sentences', rootCause: null, summary: 'It is slow.', suggestedAction: null },
      ...{ hypotheses: [], unknowns: [], nextChecks: [], droppedClaimCount: 0, isRepaired: false, citations: [] },
    },
    ...changes,
  };
}

const ended = {
  ...{ failure: null, confidence: 0.5, inputTokens: 9, outputTokens: 3, costMicrodollars: 0, durationMs: 12 },
  ...{
    textHash: 'b'.repeat(64),
    content: { ...aNewExplanation().content, origin: 'model' as const, summary: 'Explained.' },
  },
};
const all = { sinceMs: 0, untilMs: 9_000_000_000_000 };

/** What stores of language models do. */
export const modelStoreCases: ReadonlyArray<ContractCase<ModelStoresUnderTest>> = [
  {
    title: 'settings are the defaults until something is changed, and only that is',
    async run({ settings, createTenant }) {
      const [one, two] = [await createTenant(), await createTenant()];
      expect(await settings.read(one)).toEqual(defaultModelSettings);
      const change = { enabledProviders: ['openai'], budgets: { callsPerMinute: 1 } };
      const changed = {
        ...defaultModelSettings,
        ...{ enabledProviders: ['openai'], budgets: { ...defaultModelSettings.budgets, callsPerMinute: 1 } },
      };
      expect(await settings.change(one, change, 'Ada')).toEqual(changed);
      await settings.change(one, { isEnabled: false }, 'Ada');
      expect(await settings.read(one)).toEqual({ ...changed, isEnabled: false });
      expect(await settings.read(two)).toEqual(defaultModelSettings);
    },
  },
  {
    title: 'a call is written down before it is made, and completed afterwards; its text is read apart',
    async run({ egress, createTenant }) {
      const [one, two] = [await createTenant(), await createTenant()];
      const begun = await egress.begin(one, anEgressEntry(), budgets);
      const id = begun.kind === 'begun' ? begun.id : 'refused';
      expect((await egress.list(one, { ...all, limit: 9, offset: 0 }))[0]).toMatchObject({
        ...{ id, outcome: 'sending', isEstimate: true, finishedAtMs: null, inputTokens: 100, leftInstallation: true },
        redactions: [{ kind: 'ip', count: 2 }],
      });
      await egress.finish(one, id, {
        outcome: 'answered',
        ...{ usage: { inputTokens: 90, outputTokens: 20 }, costMicrodollars: 7 },
      });
      const found = await egress.get(one, id);
      expect(found?.text).toBe('what went out');
      expect(found?.entry).toMatchObject({
        outcome: 'answered',
        isEstimate: false,
        outputTokens: 20,
        costMicrodollars: 7,
      });
      expect(await egress.get(two, id)).toBeNull();
      expect(await egress.readTotals(two, all)).toEqual([]);
    },
  },
  {
    title: 'a call that failed keeps its estimate, because it may have been received',
    async run({ egress, createTenant }) {
      const tenant = await createTenant();
      const begun = await egress.begin(tenant, anEgressEntry(), budgets);
      await egress.finish(tenant, begun.kind === 'begun' ? begun.id : '', {
        ...{ outcome: 'timeout: it was silent', usage: null, costMicrodollars: null },
      });
      expect(await egress.readUse(tenant)).toEqual({
        ...{ tokensToday: 150, callsThisMinute: 1, microdollarsThisMonth: 10 },
      });
    },
  },
  {
    title: 'sums are by destination over the whole range, and filters narrow them',
    async run({ egress, createTenant }) {
      const tenant = await createTenant();
      await egress.begin(tenant, anEgressEntry(), budgets);
      await egress.begin(tenant, anEgressEntry(), budgets);
      await egress.begin(
        tenant,
        anEgressEntry({
          provider: 'ollama',
          destination: '127.0.0.1:11434',
          leftInstallation: false,
          costMicrodollars: 0,
        }),
        budgets
      );
      const totals = await egress.readTotals(tenant, all);
      expect(
        totals.map(({ destination, callCount, costMicrodollars }) => [destination, callCount, costMicrodollars])
      ).toEqual([
        ['models.example:443', 2, 20],
        ['127.0.0.1:11434', 1, 0],
      ]);
      const inside = { ...all, leftInstallation: false };
      expect(await egress.list(tenant, { ...inside, limit: 9, offset: 0 })).toHaveLength(1);
      expect(await egress.readTotals(tenant, { ...all, untilMs: 1 })).toEqual([]);
      expect(await egress.list(tenant, { ...all, provider: 'openai', limit: 1, offset: 1 })).toHaveLength(1);
    },
  },
  {
    title: 'calls at the same time pass no budget together',
    async run({ egress, createTenant }) {
      const tenant = await createTenant();
      const tries = await Promise.all(Array.from({ length: 10 }, () => egress.begin(tenant, anEgressEntry(), budgets)));
      expect(tries.filter(({ kind }) => kind === 'begun')).toHaveLength(3);
      expect(tries.find(({ kind }) => kind === 'refused')).toEqual({ kind: 'refused', budget: 'calls-per-minute' });
      expect(await egress.list(tenant, { ...all, limit: 20, offset: 0 })).toHaveLength(3);
    },
  },
  {
    title: 'tokens of a day and money of a month stop a call; money that nobody knows stops one that leaves',
    async run({ egress, createTenant }) {
      const tenant = await createTenant();
      const refusalOf = async (changes: Partial<NewEgressEntry>) => {
        const begun = await egress.begin(tenant, anEgressEntry(changes), budgets);
        return begun.kind === 'refused' ? begun.budget : null;
      };
      expect(await refusalOf({ outputTokens: 9901 })).toBe('tokens-per-day');
      expect(await refusalOf({ costMicrodollars: 1001 })).toBe('money-per-month');
      expect(await refusalOf({ costMicrodollars: null })).toBe('money-unknown');
      expect(await refusalOf({ costMicrodollars: null, leftInstallation: false })).toBeNull();
      expect(await refusalOf({ outputTokens: 9700 })).toBeNull();
      expect(await refusalOf({})).toBe('tokens-per-day');
    },
  },
  {
    title: 'equal explanations are one while it is pending, and a model’s is found again',
    async run({ explanations, createTenant }) {
      const tenant = await createTenant();
      const wanted = aNewExplanation();
      const first = await explanations.create(tenant, wanted);
      expect(await explanations.create(tenant, wanted)).toMatchObject({ isNew: false, row: { id: first.row.id } });
      expect(await explanations.findExplained(tenant, wanted)).toBeNull();
      const jobId = crypto.randomUUID();
      await explanations.setJob(tenant, first.row.id, jobId);
      expect(await explanations.finish(tenant, first.row.id, { ...ended, status: 'explained' })).toMatchObject({
        ...{ status: 'explained', jobId, content: { summary: 'Explained.' }, durationMs: 12, textHash: 'b'.repeat(64) },
      });
      expect(await explanations.findExplained(tenant, wanted)).toMatchObject({ id: first.row.id });
      expect(await explanations.findExplained(tenant, { ...wanted, model: 'other' })).toBeNull();
      expect((await explanations.create(tenant, wanted)).isNew).toBe(true);
    },
  },
  {
    title: 'what is explained stays; what failed may be explained by another run',
    async run({ explanations, createTenant }) {
      const tenant = await createTenant();
      const { row } = await explanations.create(tenant, aNewExplanation());
      const failed = { ...ended, status: 'analysis_failed' as const, failure: 'nobody was there' };
      expect(await explanations.finish(tenant, row.id, failed)).toMatchObject({ failure: 'nobody was there' });
      expect(await explanations.finish(tenant, row.id, { ...ended, status: 'explained' })).not.toBeNull();
      expect(await explanations.finish(tenant, row.id, failed)).toBeNull();
      expect((await explanations.get(tenant, row.id))?.status).toBe('explained');
    },
  },
  {
    title: 'explanations are listed by analysis and stay with their tenant',
    async run({ explanations, createTenant }) {
      const [one, two] = [await createTenant(), await createTenant()];
      const wanted = aNewExplanation();
      const { row } = await explanations.create(one, wanted);
      await explanations.create(one, aNewExplanation({ packHash: 'c'.repeat(64) }));
      expect(await explanations.list(one, { limit: 9 })).toHaveLength(2);
      expect(await explanations.list(one, { analysisId: wanted.analysisId, limit: 9 })).toMatchObject([{ id: row.id }]);
      expect(await explanations.list(two, { limit: 9 })).toEqual([]);
      expect(await explanations.get(two, row.id)).toBeNull();
    },
  },
  {
    title: 'feedback is one opinion a person, the latest, and goes with its explanation',
    async run({ explanations, createTenant }) {
      const [one, two] = [await createTenant(), await createTenant()];
      const { row } = await explanations.create(one, aNewExplanation());
      expect(await explanations.giveFeedback(two, row.id, actor, { isUseful: true, reason: '' })).toBe(false);
      await explanations.giveFeedback(one, row.id, actor, { isUseful: true, reason: '' });
      await explanations.giveFeedback(one, row.id, actor, { isUseful: false, reason: 'it was the disk' });
      await explanations.giveFeedback(one, row.id, { ...actor, id: 'user:2' }, { isUseful: true, reason: '' });
      expect(await explanations.readFeedback(one, row.id, actor)).toEqual({
        ...{ usefulCount: 1, notUsefulCount: 1, own: { isUseful: false, reason: 'it was the disk' } },
      });
      expect(await explanations.deleteBefore(one, Date.now() + 60_000, 10)).toBe(1);
      expect(await explanations.get(one, row.id)).toBeNull();
    },
  },
];
