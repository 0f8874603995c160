// A series with its expected band, spans of events and marks of deploys: a component of our own on Grafana's uPlot
// wrapper, so that it looks the same in every host.
import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { UPlotChart, useStyles2, useTheme2 } from '@grafana/ui';
import React, { useMemo, useState, type KeyboardEvent } from 'react';
import { useWidth } from '../use-width';
import { createBandConfig, type PlotArea } from './band-config';
import { bandColumns, nearestPoint, type BandPoint } from './band-series';
import { BandLegend } from './BandLegend';
import { BandOverlay, type GraphDeploy, type GraphSpan } from './BandOverlay';

interface BandGraphProps {
  /** Says what is drawn, for those who do not see it. */
  readonly label: string;
  readonly points: readonly BandPoint[];
  readonly range: { readonly fromMs: number; readonly toMs: number };
  readonly timeZone: string;
  readonly formatValue: (value: number) => string;
  readonly spans?: readonly GraphSpan[];
  readonly deploys?: readonly GraphDeploy[];
  readonly heightPx?: number;
  readonly onZoom?: ((range: { fromMs: number; toMs: number }) => void) | undefined;
}

export function BandGraph(props: BandGraphProps) {
  const { label, points, range, timeZone, formatValue, spans = [], deploys = [], heightPx = 220, onZoom } = props;
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { ref, widthPx } = useWidth<HTMLDivElement>();
  const [area, setArea] = useState<PlotArea>();
  const [pointedMs, setPointedMs] = useState<number>();
  const { fromMs, toMs } = range;
  const columns = useMemo(() => bandColumns(points), [points]);
  const config = useMemo(
    () =>
      createBandConfig({
        theme,
        timeZone,
        range: { fromMs, toMs },
        formatValue,
        onArea: setArea,
        onPoint: setPointedMs,
        onZoom,
      }),
    [theme, timeZone, fromMs, toMs, formatValue, onZoom]
  );
  const pointed = pointedMs === undefined ? undefined : nearestPoint(points, pointedMs);

  function handleKey(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || points.length === 0) {
      return;
    }
    event.preventDefault();
    const index = pointed === undefined ? (step > 0 ? -1 : points.length) : points.indexOf(pointed);
    setPointedMs(points[Math.min(points.length - 1, Math.max(0, index + step))]?.atMs);
  }

  return (
    <figure className={styles.figure}>
      {/* The arrow keys walk along the steps. */}
      <div
        ref={ref}
        className={styles.plot}
        style={{ height: heightPx }}
        role="group"
        aria-label={label}
        tabIndex={0}
        onKeyDown={handleKey}
      >
        {widthPx > 0 && (
          <>
            <UPlotChart config={config} data={columns} width={widthPx} height={heightPx} />
            {area && (
              <BandOverlay
                area={area}
                range={range}
                spans={spans}
                deploys={deploys}
                timeZone={timeZone}
                pointedMs={pointed?.atMs}
              />
            )}
          </>
        )}
      </div>
      <BandLegend pointed={pointed} timeZone={timeZone} formatValue={formatValue} hasDeploys={deploys.length > 0} />
    </figure>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    figure: css({ margin: 0, minWidth: 0 }),
    plot: css({
      position: 'relative',
      minWidth: 0,
      overflow: 'hidden',
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: 2 },
      '& .u-select': { background: theme.colors.action.selected },
    }),
  };
}
