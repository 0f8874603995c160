import { toCsv, type ExportRow } from './export-lines';

const row: ExportRow = { time: 't', level: 'error', service: 's', namespace: '', clusterId: 'c', line: '' };

describe('toCsv', () => {
  it.each([
    ['plain', 'plain'],
    ['a "quoted", line', '"a ""quoted"", line"'],
    ['two\nlines', '"two\nlines"'],
    ['=1+1', "'=1+1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-1', "'-1"],
    ['\tx', "'\tx"],
    ['=a,b', '"\'=a,b"'],
  ])('writes the line %j as %j', (line, expected) => {
    expect(toCsv([{ ...row, line }])).toBe(
      `time,level,service,namespace,clusterId,line\r\nt,error,s,,c,${expected}\r\n`
    );
  });
});
