import { css } from '@emotion/css';
import { dateTime, getDefaultTimeRange, LoadingState, type GrafanaTheme2, type PanelData } from '@grafana/data';
import { SceneDataNode } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import type { Deploy, GetOverviewResponse } from '@loghunter/contracts';
import React, { useEffect, useState } from 'react';
import { countsToFrames } from '../../scenes/counts-frames';
import { marksToFrames } from '../../scenes/mark-frames';
import { levelsPanel } from '../../scenes/levels-panel';
import { testIds } from '../../test-ids';
import { t } from '../../translations';
import { OverviewLogql } from './OverviewLogql';

interface EventsGraphProps {
  readonly overview: GetOverviewResponse;
  readonly deploys: readonly Deploy[];
}

/** Events over time by level with the deploys of the range, in Grafana's own panel. */
export function EventsGraph({ overview, deploys }: EventsGraphProps) {
  const styles = useStyles2(getStyles);
  const [data] = useState(() => new SceneDataNode({ data: toPanelData(overview, deploys) }));
  const [panel] = useState(() =>
    levelsPanel()
      .setTitle(t('overview.graph.title', 'Events by level'))
      .setNoValue(t('overview.graph.none', 'No events in this time range'))
      .setData(data)
      .build()
  );
  useEffect(() => data.setState({ data: toPanelData(overview, deploys) }), [data, overview, deploys]);
  return (
    <div className={styles.graph} data-testid={testIds.overview.graph}>
      <panel.Component model={panel} />
      <div className={styles.query}>
        <OverviewLogql name={t('overview.graph.title', 'Events by level')} figure="trend" />
      </div>
    </div>
  );
}

function toPanelData({ range, start, stepMs, levels }: GetOverviewResponse, deploys: readonly Deploy[]): PanelData {
  const [from, to] = [dateTime(range.from), dateTime(range.to)];
  return {
    state: LoadingState.Done,
    series: countsToFrames({ range: { ...range, from: start }, stepMs, series: levels }, 'A'),
    annotations: marksToFrames(deploys, []),
    timeRange: { ...getDefaultTimeRange(), from, to, raw: { from, to } },
  };
}

function getStyles(theme: GrafanaTheme2) {
  return {
    graph: css({ height: 260, display: 'flex', position: 'relative' }),
    query: css({ position: 'absolute', top: theme.spacing(1), right: theme.spacing(1), zIndex: 1 }),
  };
}
