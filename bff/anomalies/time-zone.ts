const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Minutes that a time zone is ahead of UTC at a moment; remembered by the hour, in which no clock is changed but at its start. */
export function createOffsets(timeZone: string): (ms: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric' },
  });
  let hour = Number.NaN;
  let offset = 0;
  return (ms) => {
    const asked = Math.floor(ms / hourMs);
    if (asked !== hour) {
      hour = asked;
      offset = offsetAt(format, asked * hourMs);
    }
    return offset;
  };
}

function offsetAt(format: Intl.DateTimeFormat, ms: number): number {
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
  return Math.round((local - ms) / minuteMs);
}
