export { escapeHidden } from './escape-hidden.ts';
export { looksLikeInstruction } from './instructions.ts';
export { plainText } from './plain-text.ts';
export { quotesOf, unsupportedNames } from './support.ts';
