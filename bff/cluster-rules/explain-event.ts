import type { ExplainEventResponse, RequestOf } from '@loghunter/contracts';
import { idOfKey, type ClusterKey } from '@loghunter/engine/cluster-rules';
import { explainEvent as explain, identityOfSignature, type EventExplanation } from '@loghunter/engine/fingerprints';
import { renderTemplate } from '@loghunter/engine/templates';
import type { ClusterRuleFeature } from './cluster-rule-feature.ts';

/** Answers why an event is in its cluster: what of it counts, and which rules take part, in their order. */
export async function explainEvent(
  feature: ClusterRuleFeature,
  request: RequestOf<'explainEvent'>
): Promise<ExplainEventResponse> {
  const { rules } = feature.identifier;
  await rules.refresh();
  const explanation = explain(request.text);
  const { identity, trace, fields, kept, masked, spans, line, isRedacted, signature } = explanation;
  const { service = '', namespace = '' } = request;
  const own = { service, namespace, fingerprint: identity.fingerprint, signature: identity.signature };
  const { steps, template } = stepsOf(feature, request.text, own, explanation);
  return {
    line,
    isRedacted,
    signature,
    spans: spans.map((span) => ({ ...span })),
    fields: { ...fields },
    kept: kept.map((token) => ({ ...token })),
    masked: masked.map((token) => ({ ...token })),
    trace: trace && {
      ...trace,
      exceptions: trace.exceptions.map((exception) => ({
        ...exception,
        frames: exception.frames.map((frame) => ({ ...frame })),
      })),
    },
    steps,
    template,
  };
}

function stepsOf(
  { identifier: { rules }, tenantId }: ClusterRuleFeature,
  text: string,
  own: ClusterKey,
  { identity }: EventExplanation
): Pick<ExplainEventResponse, 'steps' | 'template'> {
  const ownId = idOfKey(tenantId, own);
  const steps: ExplainEventResponse['steps'] = [
    { by: 'event', ruleIds: [], clusterId: ownId, templateText: identity.templateText },
  ];
  let { template } = identity;
  const general = rules.generalise(own);
  const generalId = idOfKey(tenantId, general);
  if (generalId !== ownId) {
    ({ template } = identityOfSignature(general.signature));
    steps.push({ by: 'learned', ruleIds: [], clusterId: generalId, templateText: renderTemplate(template) });
  }
  const part = rules.userRules.partOf(text, general);
  const shown = rules.canonicalOf(part?.key ?? general);
  if (shown.ruleIds.length > 0) {
    // Of a stack trace that others were merged into, the rules do not know the template.
    template = shown.template.length > 0 ? shown.template : template;
    steps.push({
      by: 'user',
      ruleIds: [...new Set(shown.ruleIds)],
      clusterId: shown.id,
      templateText: renderTemplate(template),
    });
  }
  return { steps, template: template.map((piece) => ({ ...piece })) };
}
