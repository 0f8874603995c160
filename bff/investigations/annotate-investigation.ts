import type { AnnotateInvestigationResponse, RequestOf } from '@loghunter/contracts';
import type { InvestigationRow } from '@loghunter/ports';
import { ProblemError } from '../http/problem-error.ts';
import type { CallContext } from '../http/route-handlers.ts';
import { presentRange } from '../http/time-range.ts';
import type { RootCauseFeature } from '../root-cause/root-cause-feature.ts';
import { requireInvestigation } from './show-investigation.ts';

/** `POST /api/v1/investigations/{id}/annotations`: shows it on Grafana's graphs, for everybody of the organisation. */
export async function annotateInvestigation(
  feature: RootCauseFeature,
  { id, text }: RequestOf<'annotateInvestigation'>,
  { principal }: CallContext
): Promise<AnnotateInvestigationResponse> {
  const { tenantId, investigations, annotations } = feature;
  const investigation = await requireInvestigation(feature, id);
  if (annotations === null) {
    throw new ProblemError(
      'not-supported',
      'Grafana’s annotations need LOGHUNTER_GRAFANA_URL and LOGHUNTER_GRAFANA_TOKEN, and are those of the configured tenant.'
    );
  }
  const redactor = await feature.redaction.open();
  const shown = redactor.sample(text ?? describe(investigation).slice(0, maxLength).toWellFormed());
  const { fromMs, toMs } = investigation.range;
  const tags = ['loghunter', 'investigation', tagOf(id), ...investigation.services.slice(0, maxServices)];
  // One annotation an investigation: another text replaces the one before.
  const [known] = await annotations.find([tagOf(id)], { fromMs, toMs });
  const annotation = { fromMs, toMs, text: shown, tags };
  const annotationId = known?.id ?? (await annotations.create(annotation)).id;
  if (known !== undefined) {
    await annotations.change(known.id, annotation);
  }
  await investigations.addEntry(tenantId, id, { kind: 'annotated', text: shown, actor: principal.actor });
  return { annotationId: String(annotationId), text: shown, range: presentRange(investigation.range) };
}

function tagOf(id: string): string {
  return `investigation:${id}`;
}

/** Characters of an annotation: it is shown in a bubble. */
const maxLength = 2000;
/** Services that become tags. */
const maxServices = 10;

function describe({ title, state, suspect, resolution }: InvestigationRow): string {
  const cause = suspect === null ? '' : ` Suspect: ${suspect}.`;
  const fix = resolution === '' ? '' : ` What helped: ${resolution}`;
  return `${title} (${state}).${cause}${fix}`;
}
