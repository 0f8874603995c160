/** One message of a server-sent stream: its id, and what it says. */
export interface StreamMessage {
  readonly id: string | undefined;
  readonly data: string;
}

/** Cuts a server-sent stream into messages, however its bytes are cut into pieces. Comments, such as heartbeats, are left out. */
export function createStreamReader(): (piece: string) => readonly StreamMessage[] {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    rest = blocks.pop() ?? '';
    return blocks.map(readMessage).filter((message) => message !== undefined);
  };
}

function readMessage(block: string): StreamMessage | undefined {
  const fields = block
    .split('\n')
    .filter((line) => !line.startsWith(':'))
    .map((line) => /^(\w+): ?(.*)$/.exec(line));
  const valuesOf = (name: string) => fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : []));
  const data = valuesOf('data');
  return data.length === 0 ? undefined : { id: valuesOf('id').at(-1), data: data.join('\n') };
}
