import { css, cx } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import type { GetOverviewResponse } from '@loghunter/contracts';
import React, { useState } from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { TrendBars } from '../../ui/TrendBars';
import { useWidth } from '../../ui/use-width';
import type { MsRange } from './compare-settings';
import { dragRange, graphBounds, type Grip, type Ranges, type Side } from './drag-ranges';
import { RangeGrip } from './RangeGrip';

interface RangeGraphProps {
  readonly ranges: Ranges;
  readonly services: readonly string[];
  readonly namespaces: readonly string[];
  readonly timeZone: string;
  readonly onChange: (ranges: Ranges) => void;
}

const points = 200;

/** Events over time under both ranges, which are moved and stretched with the pointer or the arrow keys. */
export function RangeGraph({ ranges, services, namespaces, timeZone, onChange }: RangeGraphProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const { ref, widthPx } = useWidth<HTMLDivElement>();
  const [drawn, setDrawn] = useState<Ranges>();
  // The graph holds still while a range is drawn over it: `ranges` change only when that is done.
  const bounds = graphBounds(ranges);
  const request = {
    from: String(bounds.fromMs),
    to: String(bounds.toMs),
    service: [...services],
    namespace: [...namespaces],
  };
  const { answer } = useRequest(JSON.stringify(request), (signal) =>
    serverClient().getOverview({ ...request, points }, signal)
  );
  const deploys = useRequest(`deploys ${JSON.stringify(request)}`, (signal) => {
    const { from, to, service } = request;
    return serverClient().listDeploys({ from, to, service }, signal);
  });
  const lengthMs = bounds.toMs - bounds.fromMs;
  const shown = drawn ?? ranges;

  function move(grip: Grip, byMs: number): Ranges {
    return dragRange(ranges, grip, byMs, bounds);
  }

  return (
    <div ref={ref} className={styles.graph} data-testid={testIds.compare.graph}>
      {answer && (
        <div className={styles.bars}>
          <div style={placeOf(answer, bounds)}>
            <TrendBars
              trend={{
                start: answer.start,
                stepMs: answer.stepMs,
                counts: sumOf(answer.levels.map(({ counts }) => counts)),
              }}
              color={theme.colors.text.disabled}
              label={t('compare.graph.label', 'Events over time')}
              heightPx={graphHeightPx}
              mostBars={points + 1}
            />
          </div>
        </div>
      )}
      {deploys.answer?.deploys.map(({ id, service, version, deployedAt }) => (
        <div
          key={id}
          className={styles.deploy}
          style={{ left: `${((Date.parse(deployedAt) - bounds.fromMs) / lengthMs) * 100}%` }}
          title={t('compare.graph.deploy', 'Deploy: {{service}} {{version}}', { service, version })}
        />
      ))}
      {(['before', 'after'] as const).map((side) => (
        <RangeBox
          key={side}
          side={side}
          ranges={shown}
          bounds={bounds}
          timeZone={timeZone}
          msPerPixel={widthPx === 0 ? 0 : lengthMs / widthPx}
          onDraw={(grip, byMs) => setDrawn(move(grip, byMs))}
          onDrawn={(grip, byMs) => {
            setDrawn(undefined);
            onChange(move(grip, byMs));
          }}
          onGiveUp={() => setDrawn(undefined)}
        />
      ))}
    </div>
  );
}

const graphHeightPx = 72;

function sumOf(series: ReadonlyArray<readonly number[]>): number[] {
  const [first = []] = series;
  return first.map((_, index) => series.reduce((sum, counts) => sum + (counts[index] ?? 0), 0));
}

/** Where the bars lie: the first and the last step may reach over the bounds. */
function placeOf({ start, stepMs: barMs, levels }: GetOverviewResponse, bounds: MsRange) {
  const percent = (ms: number) => `${(ms / (bounds.toMs - bounds.fromMs)) * 100}%`;
  const barCount = levels[0]?.counts.length ?? 0;
  return { left: percent(Date.parse(start) - bounds.fromMs), width: percent(barCount * barMs) };
}

interface RangeBoxProps {
  readonly side: Side;
  readonly ranges: Ranges;
  readonly bounds: { readonly fromMs: number; readonly toMs: number };
  readonly timeZone: string;
  readonly msPerPixel: number;
  readonly onDraw: (grip: Grip, byMs: number) => void;
  readonly onDrawn: (grip: Grip, byMs: number) => void;
  /** What was drawn so far does not count. */
  readonly onGiveUp: () => void;
}

function RangeBox(props: RangeBoxProps) {
  const { side, ranges, bounds, timeZone } = props;
  const styles = useStyles2(getStyles);
  const { fromMs, toMs } = ranges[side];
  const percent = (ms: number) => ((ms - bounds.fromMs) / (bounds.toMs - bounds.fromMs)) * 100;
  const format = (ms: number) => dateTimeFormat(ms, { timeZone, format: 'MM-DD HH:mm' });
  const name = side === 'before' ? t('compare.sides.before', 'Before') : t('compare.sides.after', 'After');
  return (
    <div
      className={cx(styles.box, styles[side])}
      style={{ left: `${percent(fromMs)}%`, width: `${percent(toMs) - percent(fromMs)}%` }}
    >
      <RangeGrip
        {...props}
        part="whole"
        label={`${name}: ${format(fromMs)} – ${format(toMs)}`}
        className={styles.whole}
      >
        <span className={styles.name}>{name}</span>
      </RangeGrip>
      <RangeGrip
        {...props}
        part="start"
        label={t('compare.graph.start', '{{name}}: start', { name })}
        className={styles.start}
      />
      <RangeGrip
        {...props}
        part="end"
        label={t('compare.graph.end', '{{name}}: end', { name })}
        className={styles.end}
      />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  const grip = {
    position: 'absolute',
    insetBlock: 0,
    padding: 0,
    border: 0,
    background: 'none',
    touchAction: 'none',
  } as const;
  const edge = { ...grip, width: 10, cursor: 'ew-resize' };
  return {
    graph: css({
      position: 'relative',
      height: graphHeightPx,
      borderBottom: `1px solid ${theme.colors.border.weak}`,
    }),
    bars: css({ position: 'absolute', inset: 0, overflow: 'hidden', '& > div': { position: 'absolute', bottom: 0 } }),
    deploy: css({
      position: 'absolute',
      insetBlock: 0,
      borderLeft: `1px dashed ${theme.visualization.getColorByName('blue')}`,
    }),
    box: css({ position: 'absolute', insetBlock: 0, borderInline: '2px solid', minWidth: 4 }),
    before: css({ borderColor: theme.colors.text.secondary, background: theme.colors.action.selected }),
    after: css({ borderColor: theme.colors.primary.main, background: theme.colors.primary.transparent }),
    whole: css({
      ...grip,
      insetInline: 0,
      cursor: 'grab',
      color: theme.colors.text.primary,
      fontSize: theme.typography.bodySmall.fontSize,
      textAlign: 'left',
      display: 'flex',
      alignItems: 'flex-start',
      overflow: 'hidden',
    }),
    // Bars may be as high as the graph: without a ground of its own the word would be lost in them.
    name: css({ padding: theme.spacing(0, 0.75), background: theme.colors.background.primary }),
    start: css({ ...edge, left: -6 }),
    end: css({ ...edge, right: -6 }),
  };
}
