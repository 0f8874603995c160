import { expect } from 'vitest';
import type { RedactionStore } from '../redaction-store.ts';
import type { ContractCase } from './contract-case.ts';

/** A store with two tenants that may have rules. */
export interface RedactionRulesUnderTest {
  readonly redaction: RedactionStore;
  readonly tenantIds: readonly [string, string];
}

const rule = { name: 'customer', form: 'expression', pattern: 'CUST-[0-9]+', createdBy: 'somebody' } as const;

/** What every {@link RedactionStore} does. */
export const redactionStoreCases: ReadonlyArray<ContractCase<RedactionRulesUnderTest>> = [
  {
    title: 'a redaction rule is listed for its own tenant until it is deleted',
    async run({ redaction, tenantIds: [one, two] }) {
      const created = await redaction.createRule(one, { ...rule, name: 'order-number', ignoresCase: true });
      expect(created).toMatchObject({ ...rule, name: 'order-number', ignoresCase: true });
      expect(await redaction.listRules(one)).toContainEqual(created);
      expect(await redaction.listRules(two)).not.toContainEqual(created);
      expect(await redaction.deleteRule(two, created.id)).toBe(false);
      expect(await redaction.deleteRule(one, created.id)).toBe(true);
      expect(await redaction.deleteRule(one, created.id)).toBe(false);
      expect(await redaction.listRules(one)).not.toContainEqual(created);
    },
  },
  {
    title: 'two redaction rules of a tenant cannot have one name, unless one of them was deleted',
    async run({ redaction, tenantIds: [one, two] }) {
      const { id } = await redaction.createRule(one, rule);
      await expect(redaction.createRule(one, rule)).rejects.toMatchObject({ kind: 'conflict', isRetryable: false });
      await redaction.createRule(two, rule);
      await redaction.deleteRule(one, id);
      expect(await redaction.createRule(one, rule)).toMatchObject({ name: 'customer', ignoresCase: false });
    },
  },
  {
    title: 'counts of redaction rules add up by tenant',
    async run({ redaction, tenantIds: [one, two] }) {
      await redaction.addCounts(one, new Map());
      await redaction.addCounts(
        one,
        new Map([
          ['email', 2],
          ['own-customer', 1],
        ])
      );
      await redaction.addCounts(one, new Map([['email', 3]]));
      await redaction.addCounts(two, new Map([['jwt', 7]]));
      const counts = await redaction.readCounts(one);
      expect(Object.fromEntries([...counts].map(([name, { matchCount }]) => [name, matchCount]))).toEqual({
        email: 5,
        'own-customer': 1,
      });
    },
  },
];
