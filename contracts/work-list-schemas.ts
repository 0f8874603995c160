import { ClusterParams } from './clusters.ts';
import * as matchingWork from './matching-work.ts';
import * as workList from './work-list.ts';

/** Schemas of the routes of the work list. */
export const workListSchemas = {
  changeWork: { body: workList.ChangeWorkRequest, response: workList.ChangeWorkResponse },
  changeMatchingWork: {
    body: matchingWork.ChangeMatchingWorkRequest,
    response: matchingWork.ChangeMatchingWorkResponse,
  },
  undoWork: { params: workList.WorkChangeParams, response: workList.UndoWorkResponse },
  listClusterHistory: { params: ClusterParams, response: workList.ListClusterHistoryResponse },
  listComments: { params: ClusterParams, response: workList.ListCommentsResponse },
  createComment: { params: ClusterParams, body: workList.CreateCommentRequest, response: workList.Comment },
  deleteComment: { params: workList.CommentParams, response: workList.DeleteCommentResponse },
  listOwnerRules: { response: workList.ListOwnerRulesResponse },
  createOwnerRule: { body: workList.CreateOwnerRuleRequest, response: workList.OwnerRule },
  deleteOwnerRule: { params: workList.OwnerRuleParams, response: workList.DeleteOwnerRuleResponse },
  listPeople: { response: workList.ListPeopleResponse },
  getWorkListSeen: { response: workList.WorkListSeenResponse },
  markWorkListSeen: { response: workList.WorkListSeenResponse },
} as const;
