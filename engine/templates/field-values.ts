/* What a field is for when its name does not tell: by its value. */

const levelWord =
  /^(?:trace|debug|dbug|info|information|notice|warn|warning|err|error|severe|fatal|crit|critical|alert|emerg|panic)$/i;

/** Whether a value is the name of a level. */
export function isLevelValue(value: string): boolean {
  return value.length <= 11 && levelWord.test(value);
}

const longestLooked = 400;
const fewestWords = 3;
const word = /(?<![^\s"'([{])[A-Za-z\u0080-\uffff]{2,40}(?=[\s.,:;!?)"'\]}]|$)/g;
// `Mozilla/5.0 (...)`, and statements of a query language: text, but not a program's message.
const otherText = /^(?:[\w.-]{1,40}\/\d|(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP|BEGIN|COMMIT)\s)/;

/**
 * Words of a value that reads like a sentence, 0 when it does not. At most 400 units are looked at.
 * @param isLikely the field's name fits a message, so that one word is enough
 */
export function sentenceWordsOf(value: string, isLikely: boolean): number {
  const looked = value.slice(0, longestLooked);
  if (otherText.test(looked)) {
    return 0;
  }
  const count = looked.match(word)?.length ?? 0;
  return count >= (isLikely ? 1 : fewestWords) ? count : 0;
}
