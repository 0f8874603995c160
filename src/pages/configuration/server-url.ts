/** What is wrong with a server address, as a sentence for the form; undefined when nothing is. */
export function serverUrlProblem(text: string): string | undefined {
  const address = text.trim();
  if (address === '') {
    return 'Enter the address of the server.';
  }
  const url = parse(address);
  if (url === undefined) {
    return 'Enter a whole address, such as http://loghunter:8787.';
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return 'The address starts with http:// or https://.';
  }
  if (url.username !== '' || url.password !== '') {
    return 'Leave user and password out: everyone who can sign in may read the address.';
  }
  if (url.search !== '' || url.hash !== '') {
    return 'Leave out what follows ? or #: Grafana drops it.';
  }
  return undefined;
}

function parse(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}
