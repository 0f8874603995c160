import { LoadingPlaceholder } from '@grafana/ui';
import React, { Suspense, type ComponentType } from 'react';
import { t } from '../../translations';

/** Waits for the chunk of a tab. */
export function TabFrame({ tab: Tab }: { readonly tab: ComponentType }) {
  return (
    <Suspense fallback={<LoadingPlaceholder text={t('administration.loading', 'Loading')} />}>
      <Tab />
    </Suspense>
  );
}
