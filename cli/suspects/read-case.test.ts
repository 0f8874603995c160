import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readCase } from './read-case.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loghunter-case-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

const line = '{"ts":"1700000000000000000","service":"web","pod":"web-1","trace":"t","span":"s","line":"INFO a"}';

describe('readCase', () => {
  it('reads lines, spans and loads in order of time, with fractions of milliseconds', async () => {
    await put('baseline/logs.jsonl', `${line.replace('000000000"', '000250000"')}\n${line}\n`);
    await put(
      'incident/traces.jsonl',
      '{"trace":"t","span":"b","parent":"a","service":"web","operation":"GET","start":"1700000000001000000","end":"1700000000002500000"}'
    );
    await put(
      'incident/metrics.jsonl',
      '{"ts":"1700000000000000000","service":"web","values":{"CpuUsageRate(%)":12.5,"MemoryUsageRate(%)":80,"CpuUsage(m)":7}}'
    );
    const { baseline, incident } = await readCase(folder);
    expect((baseline.lines[1]?.atMs ?? 0) - (baseline.lines[0]?.atMs ?? 0)).toBe(0.25);
    expect(baseline.lines[0]).toMatchObject({
      service: 'web',
      traceId: 't',
      spanId: 's',
      level: 'info',
      text: 'INFO a',
    });
    expect((incident.spans[0]?.endMs ?? 0) - (incident.spans[0]?.startMs ?? 0)).toBe(1.5);
    expect(incident.loads).toEqual([{ service: 'web', percent: 12.5 }]);
  });

  it('takes as the time that a window has that in which anything was written, and no lines of an empty time', async () => {
    const at = (seconds: number) => line.replace('1700000000000000000', `${1_700_000_000 + seconds}000000000`);
    const noTime = line.replace('1700000000000000000', '-6795364578871345152');
    await put('baseline/logs.jsonl', [noTime, at(0), at(1), at(3600)].join('\n'));
    await put('incident/logs.jsonl', at(7200));
    const { baseline } = await readCase(folder);
    expect(baseline.lines).toHaveLength(3);
    expect([baseline.fromMs, baseline.readMs]).toEqual([1_700_000_000_000, 20_000]);
  });

  it('says that a folder holds no case', async () => {
    await expect(readCase(folder)).rejects.toThrow('holds no case');
    await expect(readCase(join(folder, 'nowhere'))).rejects.toThrow('holds no case');
  });

  it.each([
    ['{', 'line 2:'],
    ['[]', 'line 2: ts must be nanoseconds since 1970'],
    ['null', 'line 2: is not a JSON object'],
    ['{"ts":5,"service":"web","trace":"","span":"","line":""}', 'line 2: ts must be nanoseconds since 1970'],
    ['{"ts":"5","service":"web","trace":"","span":""}', 'line 2: line must be a text'],
  ])('names the row %s', async (row, message) => {
    await put('incident/logs.jsonl', `${line}\n${row}\n`);
    await expect(readCase(folder)).rejects.toThrow(message);
  });
});
