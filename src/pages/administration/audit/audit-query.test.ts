import { auditQuery, noAuditFilter } from './audit-query';

describe('auditQuery', () => {
  it('leaves out what narrows nothing', () => {
    expect(auditQuery(noAuditFilter, 30 * 86_400_000 + 5)).toEqual({ from: '5' });
  });

  it('names actor, action and result without blanks around them', () => {
    const filter = { actor: ' user:7 ', action: 'createApiKey', result: 'forbidden', days: 1 } as const;
    expect(auditQuery(filter, 86_400_000)).toEqual({
      from: '0',
      actor: 'user:7',
      action: 'createApiKey',
      result: 'forbidden',
    });
  });
});
