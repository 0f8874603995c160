import { dateTimeFormat } from '@grafana/data';
import React from 'react';
import { nanosecondsToMs } from '../nanoseconds';

interface LineTimeProps {
  readonly timestampNs: string;
  readonly timeZone: string;
  readonly format: string;
}

/** When a line was written, in the page's time zone. */
export function LineTime({ timestampNs, timeZone, format }: LineTimeProps) {
  const atMs = nanosecondsToMs(timestampNs);
  return <time dateTime={new Date(atMs).toISOString()}>{dateTimeFormat(atMs, { timeZone, format })}</time>;
}
