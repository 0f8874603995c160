import * as rootCause from './root-cause.ts';

/** Schemas of the routes about root causes. */
export const rootCauseSchemas = {
  startAnalysis: { body: rootCause.StartAnalysisRequest, response: rootCause.StartAnalysisResponse },
  listAnalyses: { query: rootCause.ListAnalysesRequest, response: rootCause.ListAnalysesResponse },
  getAnalysis: { params: rootCause.AnalysisParams, response: rootCause.Analysis },
  verifyLines: { body: rootCause.VerifyLinesRequest, response: rootCause.VerifyLinesResponse },
} as const;
