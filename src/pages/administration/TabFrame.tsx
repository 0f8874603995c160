import { Alert, LoadingPlaceholder } from '@grafana/ui';
import React, { Suspense, type ComponentType } from 'react';
import { useMay } from '../../api/use-role';
import { testIds } from '../../test-ids';
import { t } from '../../translations';

/** Waits for the chunk of a tab. Whoever is no administrator is told once, in place of a refusal from every part of it. */
export function TabFrame({ tab: Tab }: { readonly tab: ComponentType }) {
  if (useMay('admin') === false) {
    return (
      <Alert severity="info" title={t('administration.forbidden.title', 'Not allowed')} data-testid={testIds.problem}>
        {t(
          'administration.forbidden.detail',
          'These pages need the role Admin in this organisation of Grafana. Ask one of its administrators.'
        )}
      </Alert>
    );
  }
  return (
    <Suspense fallback={<LoadingPlaceholder text={t('administration.loading', 'Loading')} />}>
      <Tab />
    </Suspense>
  );
}
