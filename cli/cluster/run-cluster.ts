import { createOutput } from '../terminal/output.ts';
import { clusterLines } from './cluster-lines.ts';

/** `loghunter cluster`: standard input to standard output. The bytes are taken as they are: one record per line must hold for any input. */
export async function runCluster(): Promise<void> {
  await clusterLines(process.stdin, createOutput());
}
