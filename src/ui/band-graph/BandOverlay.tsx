import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Tooltip, useStyles2 } from '@grafana/ui';
import React from 'react';
import { placeInRange } from './band-series';
import type { PlotArea } from './band-config';

/** A stretch of time that something was wrong in. */
export interface GraphSpan {
  readonly id: string;
  readonly fromMs: number;
  readonly toMs: number;
  readonly color: string;
  readonly label: string;
}

/** A deploy: a moment after which everything may be different. */
export interface GraphDeploy {
  readonly id: string;
  readonly atMs: number;
  readonly label: string;
}

interface BandOverlayProps {
  readonly area: PlotArea;
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly spans: readonly GraphSpan[];
  readonly deploys: readonly GraphDeploy[];
  readonly timeZone: string;
  readonly pointedMs: number | undefined;
}

/** A shorter span would not be seen. */
const leastSpanPx = 3;

/** Spans and marks over the plot, as elements: they have words, and the keyboard reaches them. */
export function BandOverlay({ area, range, spans, deploys, timeZone, pointedMs }: BandOverlayProps) {
  const styles = useStyles2(getStyles);
  const px = (atMs: number) => placeInRange(atMs, range) * area.width;
  return (
    <div className={styles.overlay} style={area}>
      {spans.map((span) => (
        <div
          key={span.id}
          className={styles.span}
          style={{
            left: px(span.fromMs),
            width: Math.max(leastSpanPx, px(span.toMs) - px(span.fromMs)),
            background: `color-mix(in srgb, ${span.color} 14%, transparent)`,
            borderTopColor: span.color,
          }}
          title={span.label}
        />
      ))}
      {deploys
        .filter(({ atMs }) => atMs >= range.fromMs && atMs <= range.toMs)
        .map((deploy) => (
          <DeployMark key={deploy.id} deploy={deploy} left={px(deploy.atMs)} timeZone={timeZone} />
        ))}
      {pointedMs !== undefined && <div className={styles.pointed} style={{ left: px(pointedMs) }} />}
    </div>
  );
}

function DeployMark({ deploy, left, timeZone }: { deploy: GraphDeploy; left: number; timeZone: string }) {
  const styles = useStyles2(getStyles);
  const text = `Deploy: ${deploy.label}, ${dateTimeFormat(deploy.atMs, { timeZone, format: 'YYYY-MM-DD HH:mm:ss' })}`;
  return (
    <div className={styles.deploy} style={{ left }}>
      <Tooltip content={text}>
        <button type="button" className={styles.flag} aria-label={text} />
      </Tooltip>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const deployColor = theme.visualization.getColorByName('purple');
  return {
    overlay: css({ position: 'absolute', pointerEvents: 'none' }),
    span: css({ position: 'absolute', top: 0, bottom: 0, borderTop: '3px solid' }),
    pointed: css({ position: 'absolute', top: 0, bottom: 0, width: 1, background: theme.colors.text.secondary }),
    deploy: css({ position: 'absolute', top: 0, bottom: 0, width: 0, borderLeft: `1px dashed ${deployColor}` }),
    // A flag that is small to the eye, with a target that a finger hits.
    flag: css({
      pointerEvents: 'auto',
      position: 'absolute',
      top: -4,
      left: -12,
      width: 24,
      height: 24,
      padding: 0,
      border: 0,
      background: 'none',
      '&::after': {
        content: '""',
        position: 'absolute',
        top: 4,
        left: 7,
        borderInline: '5px solid transparent',
        borderTop: `9px solid ${deployColor}`,
      },
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
    }),
  };
}
