import { dateTimeFormat, getTimeZone } from '@grafana/data';
import React from 'react';
import { Moment } from '../../ui/Moment';
import { useNowMs } from '../../ui/use-now';

/** A moment in the past in the reader's time zone; `whenNull` where there was none. */
export function AdministrationMoment({ at, whenNull }: { at: string | null; whenNull: string }) {
  const nowMs = useNowMs();
  return at === null ? <span>{whenNull}</span> : <Moment at={at} timeZone={getTimeZone()} nowMs={nowMs} />;
}

/** A day, past or to come. */
export function dayText(at: string): string {
  return dateTimeFormat(at, { timeZone: getTimeZone(), format: 'YYYY-MM-DD HH:mm' });
}
