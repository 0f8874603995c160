import * as investigations from './investigations.ts';

const params = investigations.InvestigationParams;

/** Schemas of the routes about investigations. */
export const investigationSchemas = {
  listInvestigations: {
    query: investigations.ListInvestigationsRequest,
    response: investigations.ListInvestigationsResponse,
  },
  createInvestigation: { body: investigations.CreateInvestigationRequest, response: investigations.Investigation },
  getInvestigation: { params, response: investigations.Investigation },
  changeInvestigation: {
    params,
    body: investigations.ChangeInvestigationRequest,
    response: investigations.Investigation,
  },
  pinLine: { params, body: investigations.PinLineRequest, response: investigations.PinnedLine },
  unpinLine: { params: investigations.PinnedLineParams, response: investigations.UnpinLineResponse },
  addComment: { params, body: investigations.AddCommentRequest, response: investigations.InvestigationComment },
  attachAnalysis: { params, body: investigations.AttachAnalysisRequest, response: investigations.Investigation },
  listSimilarInvestigations: { params, response: investigations.ListSimilarInvestigationsResponse },
  exportInvestigation: { params, response: investigations.ExportInvestigationResponse },
  annotateInvestigation: {
    params,
    body: investigations.AnnotateInvestigationRequest,
    response: investigations.AnnotateInvestigationResponse,
  },
} as const;
