import { withoutHidden } from './escape-hidden.ts';

/** `![text](address)` and `[text](address)`: the text stays. */
const markdownLink = /!?\[([^\]\n]{0,500})\]\([^)\n]{0,2000}\)/g;
/** Definitions of links, and links to them. */
const linkDefinition = /^ {0,3}\[[^\]\n]{1,200}\]:\s*\S+.*$/gm;
/** Addresses of any scheme, and those that begin with `www.`. */
const address = /\b(?:[a-z][a-z0-9+.-]{1,20}:\/\/|www\.)[^\s<>"')\]]*/gi;
/** Schemes that need no slashes. */
const bareScheme = /\b(?:javascript|data|vbscript|mailto|file):[^\s<>"')\]]+/gi;
/** Tags; what stands for a private value (`<ip-1>`) is none of them: it has no slash, no attributes and a name of its own. */
const tag = /<\/?[a-z!][^<>]{0,500}>/gi;
const placeholder = /^<[a-z]{1,40}(?:-[a-z]{1,40}){0,9}(?:-\d{1,9})?>$/;
const htmlName =
  /^<(?:a|abbr|audio|b|base|body|br|button|canvas|code|div|embed|font|form|frame|h[1-6]|head|hr|html|i|iframe|img|input|link|marquee|meta|object|p|pre|script|span|strong|style|svg|table|td|textarea|title|tr|u|ul|video)>$/;

/** A model's words as plain text: without links, images, addresses, tags and hidden characters, on one line. */
export function plainText(text: string): string {
  return withoutHidden(text)
    .replace(markdownLink, '$1')
    .replace(linkDefinition, '')
    .replace(address, '[address removed]')
    .replace(bareScheme, '[address removed]')
    .replace(tag, (found) => (placeholder.test(found) && !htmlName.test(found) ? found : ''))
    .replace(/\s+/g, ' ')
    .trim();
}
