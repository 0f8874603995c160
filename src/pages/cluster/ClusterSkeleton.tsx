import { LoadingPlaceholder } from '@grafana/ui';
import React from 'react';
import { t } from '../../translations';

export function ClusterSkeleton() {
  return <LoadingPlaceholder text={t('cluster.page.loading', 'Loading cluster')} />;
}
