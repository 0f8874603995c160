/** Finds the time field of a JSON or logfmt line without parsing the line. */

// Names under which logging libraries write the time, the more certain ones first.
const jsonKeys = [
  'time',
  'timestamp',
  '@timestamp',
  'ts',
  '@t',
  't',
  'datetime',
  'date',
  'eventTime',
  'Timestamp',
  'time_unix_nano',
].map((key) => `"${key}"`);
const logfmtPattern = /(?:^|\s)(?:time|ts|timestamp|t|@timestamp|datetime|date)=(?:"([^"]{1,40})"|([^\s"]{1,40}))/;
const logfmtStart = /^[\w@.-]{1,64}=/;

// Time fields stand near the front or at the very end; what a line holds between does not matter.
const searchedLength = 4096;
const valuePattern = /\s{0,8}:\s{0,8}(?:"([^"]{1,40})"|([\d.]{10,30}))/y;

/** Text of the line's own time field; undefined when the line is not structured or has none. */
export function structuredTimeOf(line: string): string | undefined {
  if (line.startsWith('{')) {
    return jsonTimeOf(line);
  }
  if (!logfmtStart.test(line)) {
    return undefined;
  }
  const found = logfmtPattern.exec(line.length > searchedLength ? line.slice(0, searchedLength) : line);
  return found?.[1] ?? found?.[2];
}

function jsonTimeOf(line: string): string | undefined {
  const text =
    line.length > 2 * searchedLength ? `${line.slice(0, searchedLength)} ${line.slice(-searchedLength)}` : line;
  for (const key of jsonKeys) {
    const at = text.indexOf(key);
    if (at < 0) {
      continue;
    }
    valuePattern.lastIndex = at + key.length;
    const found = valuePattern.exec(text);
    if (found !== null) {
      return found[1] ?? found[2];
    }
  }
  return undefined;
}
