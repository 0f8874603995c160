// Incidents over time, a lane for each severity: plain elements, so that each is a link with words.
import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';
import { placeInRange } from '../band-graph/band-series';
import { useWidth } from '../use-width';
import { SeverityMark } from './SeverityMark';
import { severities, severityColor, severityWord, type SeverityName } from './severity-style';
import { axisMoments, placeItems, type PlacedItem, type TimelineItem } from './timeline-layout';

export interface TimelineIncident extends TimelineItem {
  readonly id: string;
  readonly severity: SeverityName;
  readonly label: string;
  readonly href: string;
  readonly isAcknowledged: boolean;
}

export interface TimelineDeploy {
  readonly id: string;
  readonly atMs: number;
  readonly label: string;
}

interface IncidentTimelineProps {
  readonly incidents: readonly TimelineIncident[];
  readonly deploys: readonly TimelineDeploy[];
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly timeZone: string;
}

const rowHeightPx = 14;

/** A mark of the axis needs about this much room for its words. */
const axisMarkPx = 90;

export function IncidentTimeline({ incidents, deploys, range, timeZone }: IncidentTimelineProps) {
  const styles = useStyles2(getStyles);
  const { ref, widthPx } = useWidth<HTMLDivElement>();
  const isInside = (moment: number) => {
    const atPx = placeInRange(moment, range) * widthPx;
    return atPx >= axisMarkPx / 2 && atPx <= widthPx - axisMarkPx / 2;
  };
  const moments = axisMoments(range, Math.max(2, Math.floor(widthPx / axisMarkPx))).filter(isInside);
  return (
    <div
      className={styles.timeline}
      role="group"
      aria-label={t('app.incidents.timeline', 'Incidents over time by severity')}
    >
      {[...severities].reverse().map((severity) => (
        <Lane
          key={severity}
          severity={severity}
          placed={placeItems(
            incidents.filter((incident) => incident.severity === severity),
            range
          )}
          timeZone={timeZone}
        />
      ))}
      <div className={styles.name} />
      <div className={styles.axis} ref={ref}>
        {moments.map((moment) => (
          <span key={moment} className={styles.tick} style={{ left: `${placeInRange(moment, range) * 100}%` }}>
            {momentText(moment, range, timeZone)}
          </span>
        ))}
        {deploys
          .filter(({ atMs }) => atMs >= range.fromMs && atMs <= range.toMs)
          .map((deploy) => (
            <span
              key={deploy.id}
              className={styles.deploy}
              role="img"
              aria-label={t('app.incidents.deploy', 'Deploy: {{label}}', { label: deploy.label })}
              title={t('app.incidents.deployAt', 'Deploy: {{label}}, {{time}}', {
                label: deploy.label,
                time: dateTimeFormat(deploy.atMs, { timeZone }),
              })}
              style={{ left: `${placeInRange(deploy.atMs, range) * 100}%` }}
            />
          ))}
      </div>
    </div>
  );
}

interface LaneProps {
  readonly severity: SeverityName;
  readonly placed: ReadonlyArray<PlacedItem<TimelineIncident>>;
  readonly timeZone: string;
}

function Lane({ severity, placed, timeZone }: LaneProps) {
  const styles = useStyles2(getStyles);
  const color = severityColor(severity, useTheme2());
  const rowCount = Math.max(1, ...placed.map(({ row }) => row + 1));
  return (
    <>
      <div className={styles.name}>
        <SeverityMark severity={severity} />
      </div>
      <div className={styles.lane} style={{ height: rowCount * rowHeightPx + 6 }}>
        {placed.map(({ item, row, left, width }) => (
          <a
            key={item.id}
            href={item.href}
            aria-label={t('app.incidents.incident', '{{severity}}: {{label}}, since {{time}}', {
              severity: severityWord(item.severity),
              label: item.label,
              time: dateTimeFormat(item.fromMs, { timeZone }),
            })}
            title={`${item.label} (${spanText(item, timeZone)})`}
            className={cx(styles.bar, item.isAcknowledged && styles.acknowledged, item.toMs === null && styles.open)}
            style={{
              left: `${left * 100}%`,
              width: `${width * 100}%`,
              top: row * rowHeightPx + 3,
              background: item.isAcknowledged ? `color-mix(in srgb, ${color} 40%, transparent)` : color,
              borderColor: color,
            }}
          />
        ))}
      </div>
    </>
  );
}

function spanText({ fromMs, toMs }: TimelineItem, timeZone: string): string {
  const time = (atMs: number) => dateTimeFormat(atMs, { timeZone, format: 'MM-DD HH:mm' });
  return toMs === null
    ? t('app.incidents.stillOpen', 'since {{time}}, still open', { time: time(fromMs) })
    : t('app.incidents.span', '{{from}} to {{to}}', { from: time(fromMs), to: time(toMs) });
}

const dayMs = 86_400_000;

function momentText(moment: number, range: { fromMs: number; toMs: number }, timeZone: string): string {
  const isLong = range.toMs - range.fromMs > dayMs;
  return dateTimeFormat(moment, { timeZone, format: isLong ? 'MM-DD HH:mm' : 'HH:mm' });
}

function getStyles(theme: GrafanaTheme2) {
  const line = `1px solid ${theme.colors.border.weak}`;
  const deployColor = theme.visualization.getColorByName('purple');
  return {
    timeline: css({
      display: 'grid',
      gridTemplateColumns: '92px minmax(0, 1fr)',
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    name: css({ display: 'flex', alignItems: 'center', color: theme.colors.text.secondary }),
    lane: css({ position: 'relative', borderBottom: line, '&:first-of-type': { borderTop: line } }),
    bar: css({
      position: 'absolute',
      height: rowHeightPx - 4,
      border: '1px solid',
      borderRadius: theme.shape.radius.default,
      '&:hover, &:focus-visible': { outline: `2px solid ${theme.colors.text.primary}`, zIndex: 1 },
    }),
    acknowledged: css({ borderStyle: 'dashed' }),
    // It goes on: no right edge.
    open: css({ borderTopRightRadius: 0, borderBottomRightRadius: 0, borderRight: 0 }),
    axis: css({ position: 'relative', height: 28, color: theme.colors.text.secondary, overflow: 'hidden' }),
    tick: css({
      position: 'absolute',
      // Below the marks of deploys.
      top: 10,
      whiteSpace: 'nowrap',
      transform: 'translateX(-50%)',
      fontVariantNumeric: 'tabular-nums',
    }),
    deploy: css({
      position: 'absolute',
      top: 0,
      marginLeft: -5,
      borderInline: '5px solid transparent',
      borderBottom: `8px solid ${deployColor}`,
    }),
  };
}
