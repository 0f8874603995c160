import { BoundedMap } from '../templates/index.ts';
import type { EventIdentity } from './event-identity.ts';

/**
 * Characters that may be held: 50,000 usual signatures, of some 300 characters each, fit. Long ones are fewer, so that a service whose
 * lines are long and all different takes no more memory than others: 60 MB, twice as much when the text is not of Latin letters.
 */
const characterCapacity = 60_000_000;

/** Identities by key, bounded by their characters as well: lines differ in length by a factor of a hundred. */
export class IdentityCache extends BoundedMap<string, EventIdentity> {
  constructor(capacity: number, characters: number = characterCapacity) {
    super(capacity, { weightOf: charactersOf, most: characters });
  }
}

/** The template stands there twice: in parts and on one line. */
function charactersOf(key: string, { signature, templateText }: EventIdentity): number {
  return key.length + signature.length + 2 * templateText.length;
}
