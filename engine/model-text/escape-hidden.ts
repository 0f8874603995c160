/**
 * Characters that a person does not see, or that change how others are read: controls, soft hyphen, joiners and spaces of no width,
 * marks of direction, line separators, variation selectors, interlinear marks, and the plane of tags.
 */
const hidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]|[\u{e0000}-\u{e0fff}]/gu;

/**
 * A value as JSON whose hidden characters are all escaped, so that whoever reads the text sees that they are there. It is still JSON
 * of the same value.
 */
export function escapeHidden(value: unknown): string {
  return JSON.stringify(value).replace(hidden, (found) =>
    Array.from(
      { length: found.length },
      (_, index) => `\\u${found.charCodeAt(index).toString(16).padStart(4, '0')}`
    ).join('')
  );
}

/** The text without hidden characters. */
export function withoutHidden(text: string): string {
  return text.replace(hidden, '');
}
