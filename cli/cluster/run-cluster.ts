import { createReadStream, fstatSync } from 'node:fs';
import { createByteOutput } from '../terminal/byte-output.ts';
import { clusterLines } from './cluster-lines.ts';

const standardInput = 0;
const fileChunkBytes = 1024 * 1024;

/** `loghunter cluster`: standard input to standard output. The bytes are taken as they are: one record per line must hold for any input. */
export async function runCluster(): Promise<void> {
  const isFile = fstatSync(standardInput).isFile();
  const input = isFile
    ? createReadStream('', { fd: standardInput, highWaterMark: fileChunkBytes, autoClose: false })
    : process.stdin;
  await clusterLines(input, createByteOutput());
}
