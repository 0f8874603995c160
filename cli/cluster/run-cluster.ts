import { openInput } from '../files/open-input.ts';
import { createOutput } from '../terminal/output.ts';
import { clusterLines } from './cluster-lines.ts';

/** `loghunter cluster`: standard input to standard output. */
export async function runCluster(): Promise<void> {
  const input = await openInput('-');
  await clusterLines(input.chunks, createOutput());
}
