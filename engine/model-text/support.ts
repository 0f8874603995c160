/** Shorter quotes are single words in scare quotes rather than evidence. */
const shortestQuote = 8;
const quoted = /"([^"\n]{1,2000})"|“([^”\n]{1,2000})”|`([^`\n]{1,2000})`|«([^»\n]{1,2000})»/g;

/** What a text puts in quotation marks or backticks, from 8 characters on. */
export function quotesOf(text: string): readonly string[] {
  return [...text.matchAll(quoted)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? match[4] ?? '').trim())
    .filter((quote) => quote.length >= shortestQuote);
}

/** Names that need no evidence: protocols and measures that everybody writes. */
const commonNames = new Set([
  ...['API', 'APIs', 'CPU', 'DNS', 'GC', 'HTTP', 'HTTPS', 'IO', 'I/O', 'JSON', 'JVM', 'LogQL', 'OOM', 'SQL', 'SSL'],
  ...[
    'TCP',
    'TLS',
    'TTL',
    'UDP',
    'URL',
    'UTC',
    'and/or',
    'e.g',
    'i.e',
    'Node.js',
    'JavaScript',
    'PostgreSQL',
    '4xx',
    '5xx',
  ],
]);
const number =
  /^[~<>≈+-]{0,2}\d{1,6}(?:[.,:]\d{1,3}){0,3}(?:%|x|×|ns|µs|ms|s|m|h|d|kb|mb|gb|kib|mib|gib|rps|th|st|nd|rd)?$/i;
const percentile = /^p\d{2,3}$/i;
/** Longer words are no words of a language that the explanations are written in. */
const longestWord = 24;

/**
 * Names in a text that look like something exact (identifiers, hosts, paths, codes, tokens) and do not stand in what it may speak of.
 * A model that was talked into saying something, or that invents, gives itself away by such names.
 * @param supported the text that the model was given
 */
export function unsupportedNames(text: string, supported: string): readonly string[] {
  return text
    .split(/[\s"“”`«»()[\]{},;]+/)
    .map((word) => word.replace(/^[<'*]+(?=\w)|[.:!?'*>]+$/g, '').replace(/['’]s$/, ''))
    .filter((word) => isExactName(word) && !supported.includes(word));
}

function isExactName(word: string): boolean {
  if (word.length < 2 || number.test(word) || percentile.test(word) || commonNames.has(word)) {
    return false;
  }
  return (
    word.length > longestWord ||
    /\d/.test(word) ||
    /[_@/\\=|$#%&+~^]/.test(word) ||
    // A dot or colon inside, a capital behind a small letter, or four capitals in a row.
    /\w[.:]\w/.test(word) ||
    /[a-z][A-Z]/.test(word) ||
    /[A-Z]{4}/.test(word)
  );
}
