// Texts of others inside Markdown: none of them can become a heading, a link, an image or the end of its own place.

/** Text on one line that Markdown shows as it is. */
export function inline(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_[\]<>#|!~&]/g, (character) => `\\${character}`);
}

/** Text as a quotation, line by line. */
export function quoted(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => `> ${inline(line)}`)
    .join('\n');
}

/** Text as a block of code. */
export function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}\n${text}\n${fence}`;
}

/** Text as code inside a line. */
export function code(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1);
  return `${fence} ${text.replaceAll(/\s+/g, ' ')} ${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
