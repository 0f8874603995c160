import { changeMatchingWork } from './change-matching-work.ts';
import { changeWork, undoWork } from './change-work.ts';
import { createComment, deleteComment, listComments } from './comments.ts';
import { listClusterHistory } from './list-history.ts';
import { createOwnerRule, deleteOwnerRule, listOwnerRules } from './owner-rules.ts';
import { getWorkListSeen, listPeople, markWorkListSeen } from './people.ts';

import type { ForTenant } from '../http/route-handlers.ts';
import type { WorkListFeature } from './work-list-feature.ts';

/** What answers the routes of the work list. */
export function createWorkListHandlers(forTenant: ForTenant<WorkListFeature>) {
  return {
    changeWork: forTenant(changeWork),
    changeMatchingWork: forTenant(changeMatchingWork),
    undoWork: forTenant(undoWork),
    listClusterHistory: forTenant(listClusterHistory),
    listComments: forTenant(listComments),
    createComment: forTenant(createComment),
    deleteComment: forTenant(deleteComment),
    listOwnerRules: forTenant(listOwnerRules),
    createOwnerRule: forTenant(createOwnerRule),
    deleteOwnerRule: forTenant(deleteOwnerRule),
    listPeople: forTenant(listPeople),
    getWorkListSeen: forTenant(getWorkListSeen),
    markWorkListSeen: forTenant(markWorkListSeen),
  };
}
