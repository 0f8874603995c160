import { renderTemplate, signaturePartsOf, signatureTextOf } from '../templates/index.ts';
import { fingerprintOfSignature, unclusteredFingerprint } from './fingerprint.ts';
import type { EventIdentity } from './event-identity.ts';
import { algorithmVersion } from './version.ts';

/** Identity of the cluster that a packed signature stands for: the same as that of its lines when no rule applies to them. */
export function identityOfSignature(packed: string): EventIdentity {
  const template = signaturePartsOf(packed);
  return {
    fingerprint: fingerprintOfSignature(signatureTextOf(packed)),
    coarseFingerprint: null,
    algorithmVersion,
    template,
    templateText: renderTemplate(template),
    signature: packed,
    kind: 'template',
  };
}

/** Identity of lines that are counted without a cluster of their own. */
export const unclusteredIdentity: EventIdentity = {
  fingerprint: unclusteredFingerprint,
  coarseFingerprint: null,
  algorithmVersion,
  template: [{ kind: 'variable', type: 'unclustered' }],
  templateText: '<*>',
  signature: '',
  kind: 'template',
};
