import { describe, test } from 'vitest';
import { createFakeNoticeStore } from './notice-store-fake.ts';
import { noticeStoreCases } from './notice-store.cases.ts';

describe('the fake of notices keeps the contract', () => {
  test.each(noticeStoreCases)('$title', ({ run }) =>
    run({ notices: createFakeNoticeStore(), tenantIds: [crypto.randomUUID(), crypto.randomUUID()] })
  );
});
