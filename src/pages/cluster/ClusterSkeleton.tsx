import { LoadingPlaceholder } from '@grafana/ui';
import React from 'react';

export function ClusterSkeleton() {
  return <LoadingPlaceholder text="Loading cluster" />;
}
