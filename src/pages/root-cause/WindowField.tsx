import { dateTime, makeTimeRange, type TimeRange } from '@grafana/data';
import { Field, TimeRangeInput } from '@grafana/ui';
import React from 'react';

interface WindowFieldProps {
  readonly label: string;
  /** What holds when nothing is chosen. */
  readonly emptyText: string;
  /** Milliseconds since 1970 as digits. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly timeZone: string;
  readonly onChange: (from: string | undefined, to: string | undefined) => void;
}

/** A window of time that may be left to the server. */
export function WindowField({ label, emptyText, from, to, timeZone, onChange }: WindowFieldProps) {
  const isChosen = from !== undefined && to !== undefined;
  const value: TimeRange = isChosen
    ? makeTimeRange(dateTime(Number(from)), dateTime(Number(to)))
    : { from: dateTime(null), to: dateTime(null), raw: { from: dateTime(null), to: dateTime(null) } };
  return (
    <Field label={label} description={isChosen ? undefined : emptyText} noMargin>
      <TimeRangeInput
        value={value}
        timeZone={timeZone}
        clearable
        isReversed
        onChange={(range) =>
          range.from.isValid() && range.to.isValid()
            ? onChange(String(range.from.valueOf()), String(range.to.valueOf()))
            : onChange(undefined, undefined)
        }
      />
    </Field>
  );
}
