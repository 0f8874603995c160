import { PluginExtensionExposedComponents, type TimeRange } from '@grafana/data';
import { usePluginComponent } from '@grafana/runtime';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import type { Panel } from '@grafana/schema';
import { Button, Dropdown, Menu, Modal } from '@grafana/ui';
import type { GetClusterResponse, LogQuery } from '@loghunter/contracts';
import React, { useState } from 'react';
import { clusterHref, compareHref } from '../../plugin-paths';
import { alertHref, usualThreshold } from '../../scenes/alert-link';
import { drilldownHref } from '../../scenes/drilldown-link';
import { requestRangeOf } from '../../scenes/request-range';
import { t } from '../../translations';
import { clusterName } from './ClusterTitle';

interface ClusterDoorsProps {
  readonly answer: GetClusterResponse;
  readonly dataSourceUid: string | undefined;
  readonly model: SceneObject;
}

/** Where else the cluster's lines can be taken. */
export function ClusterDoors({ answer, dataSourceUid, model }: ClusterDoorsProps) {
  const [isAdding, setIsAdding] = useState(false);
  const { component: AddToDashboard } = usePluginComponent<AddToDashboardProps>(addToDashboardId);
  const { cluster, query } = answer;
  const range = requestRangeOf(model);
  const drilldown = dataSourceUid === undefined ? undefined : drilldownHref(query, dataSourceUid);
  const name = cluster.title ?? clusterName(cluster);
  const menu = (
    <Menu>
      {drilldown !== undefined && (
        <Menu.Item icon="gf-logs" label={t('cluster.doors.drilldown', 'Open in Logs Drilldown')} url={drilldown} />
      )}
      {dataSourceUid !== undefined && (
        <Menu.Item
          icon="bell"
          label={t('cluster.doors.alert', 'Create alert')}
          url={alertHref(query, dataSourceUid, {
            name,
            returnTo: clusterHref(cluster.id, ''),
            threshold: usualThreshold(cluster.lineCount, query.range),
          })}
        />
      )}
      {dataSourceUid !== undefined && AddToDashboard && (
        <Menu.Item
          icon="apps"
          label={t('cluster.doors.dashboard', 'Add to dashboard')}
          onClick={() => setIsAdding(true)}
        />
      )}
      <Menu.Item
        icon="exchange-alt"
        label={t('cluster.doors.compare', 'Compare its service with before')}
        url={compareHref(cluster.service, range)}
      />
    </Menu>
  );
  return (
    <>
      <Dropdown overlay={menu} placement="bottom-start">
        <Button size="sm" variant="secondary" icon="external-link-alt">
          {t('cluster.doors.button', 'More')}
        </Button>
      </Dropdown>
      {isAdding && AddToDashboard && dataSourceUid !== undefined && (
        <Modal title={t('cluster.doors.dashboard', 'Add to dashboard')} isOpen onDismiss={() => setIsAdding(false)}>
          <AddToDashboard
            onClose={() => setIsAdding(false)}
            buildPanel={() => logsPanel(name, query, dataSourceUid)}
            timeRange={sceneGraph.getTimeRange(model).state.value}
            options={{ useAbsolutePath: true }}
          />
        </Modal>
      )}
    </>
  );
}

/** Grafana's own form, which it hands to plugins; absent in older versions and outside of Grafana. */
const addToDashboardId: string = PluginExtensionExposedComponents.AddToDashboardFormV1;

interface AddToDashboardProps {
  readonly onClose: () => void;
  readonly buildPanel: () => Panel;
  readonly timeRange: TimeRange;
  readonly options: { readonly useAbsolutePath: boolean };
}

function logsPanel(title: string, query: LogQuery, dataSourceUid: string): Panel {
  const datasource = { type: 'loki', uid: dataSourceUid };
  return {
    type: 'logs',
    title,
    datasource,
    targets: [{ refId: 'A', datasource, expr: query.expression, queryType: 'range', editorMode: 'code' }],
  };
}
