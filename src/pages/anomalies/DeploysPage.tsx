import { sceneGraph, type SceneObject } from '@grafana/scenes';
import type { ListDeploysResponse } from '@loghunter/contracts';
import React from 'react';
import { serverClient } from '../../api/server-client';
import { useRequest } from '../../api/use-request';
import { incidentTestIds } from '../../incident-test-ids';
import { requestRangeOf } from '../../scenes/request-range';
import { t } from '../../translations';
import { PageBody } from '../../ui/PageBody';
import { DeployList } from './DeployList';

/** As many as the server gives at once. */
const shownCount = 200;

/** Deploys of the range, and a form to mark one. */
export function DeploysPage({ model }: { model: SceneObject }) {
  const timeRange = sceneGraph.getTimeRange(model);
  timeRange.useState();
  const query = { ...requestRangeOf(model), limit: shownCount };
  const request = useRequest<ListDeploysResponse>(JSON.stringify(query), (signal) =>
    serverClient().listDeploys(query, signal)
  );
  return (
    <PageBody
      request={request}
      testId={incidentTestIds.anomalies.deploys}
      loadingLabel={t('anomalies.deploys.loading', 'Loading deploys')}
    >
      {({ deploys }) => (
        <DeployList
          title={t('anomalies.deploys.title', 'Deploys in this time range')}
          deploys={deploys}
          timeZone={timeRange.getTimeZone()}
          services={[...new Set(deploys.map(({ service }) => service))]}
          onChanged={() => timeRange.onRefresh()}
        />
      )}
    </PageBody>
  );
}
