import { createOutput } from './output.ts';

/** How an answer is wanted: as text for people, or whole. */
export interface FormatFlags {
  readonly json?: boolean;
  readonly yaml?: boolean;
}

/** Writes an answer to standard output: as JSON, as YAML, or as the text that people read. */
export async function writeAnswer({ json, yaml }: FormatFlags, answer: object, toText: () => string): Promise<void> {
  const output = createOutput();
  if (json === true) {
    await output.write(`${JSON.stringify(answer, null, 2)}\n`);
  } else if (yaml === true) {
    const { stringify } = await import('yaml');
    await output.write(stringify(answer, { aliasDuplicateObjects: false }));
  } else {
    await output.write(toText());
  }
  await output.flush();
}
