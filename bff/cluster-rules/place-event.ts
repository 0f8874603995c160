import type { UserRules } from '@loghunter/engine/cluster-rules';
import { createFingerprinter } from '@loghunter/engine/fingerprints';
import type { LogEvent } from '@loghunter/engine/multiline';
import { renderTemplate } from '@loghunter/engine/templates';
import type { ClusterRuleFeature } from './cluster-rule-feature.ts';

/** Where an event is shown. */
interface Place {
  readonly clusterId: string;
  readonly templateText: string;
}

/** An event with its cluster by the rules as they are, and by planned ones. */
export interface PlacedEvent {
  readonly text: string;
  readonly before: Place;
  readonly after: Place;
}

/** Places events by the rules in force and by planned ones. */
export function createEventPlacer(
  { identifier }: ClusterRuleFeature,
  planned: UserRules
): (event: LogEvent) => PlacedEvent {
  const fingerprinter = createFingerprinter();
  return (event) => {
    const { text } = event;
    const own = fingerprinter.identify(event);
    const owner = identifier.serviceOf(event.entries[0].labels);
    const key = identifier.rules.generalise({ ...owner, fingerprint: own.fingerprint, signature: own.signature });
    const placeBy = (rules: UserRules): Place => {
      const { id, template } = rules.canonicalOf(rules.partOf(text, key)?.key ?? key);
      return { clusterId: id, templateText: template.length > 0 ? renderTemplate(template) : own.templateText };
    };
    return { text, before: placeBy(identifier.rules.userRules), after: placeBy(planned) };
  };
}
