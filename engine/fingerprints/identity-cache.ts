import type { EventIdentity } from './event-identity.ts';

/**
 * Characters that may be held, in two generations: 50,000 usual signatures, of some 300 characters each, fit. Long ones are
 * fewer, so that a service whose lines are long and all different takes no more memory than others: 60 MB, twice as much
 * when the text is not of Latin letters.
 */
const characterCapacity = 60_000_000;

/**
 * Remembers identities by key and forgets those that were not used for longest, in two generations as `BoundedMap` does. It
 * counts characters beside entries: lines differ in length by a factor of a hundred.
 */
export class IdentityCache {
  readonly #generationSize: number;
  readonly #generationCharacters: number;
  #young = new Map<string, EventIdentity>();
  #youngCharacters = 0;
  #old = new Map<string, EventIdentity>();

  constructor(capacity: number, characters: number = characterCapacity) {
    this.#generationSize = Math.max(1, Math.floor(capacity / 2));
    this.#generationCharacters = characters / 2;
  }

  /** The identity of `key`, which counts as a use. */
  get(key: string): EventIdentity | undefined {
    const young = this.#young.get(key);
    if (young !== undefined) {
      return young;
    }
    const old = this.#old.get(key);
    if (old !== undefined) {
      this.#old.delete(key);
      this.set(key, old);
    }
    return old;
  }

  /** Remembers an identity that is not there. */
  set(key: string, identity: EventIdentity): void {
    const characters = charactersOf(key, identity);
    if (
      this.#young.size >= this.#generationSize ||
      (this.#young.size > 0 && this.#youngCharacters + characters > this.#generationCharacters)
    ) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#youngCharacters = 0;
    }
    this.#young.set(key, identity);
    this.#youngCharacters += characters;
  }
}

/** The template stands there twice: in parts and on one line. */
function charactersOf(key: string, { signature, templateText }: EventIdentity): number {
  return key.length + signature.length + 2 * templateText.length;
}
