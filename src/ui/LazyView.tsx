// Views in chunks of their own: who opens one page does not wait for the code of the others.
import { Alert, Button, LoadingPlaceholder } from '@grafana/ui';
import React, { lazy, Suspense, type ComponentType } from 'react';
import { t } from '../translations';

/**
 * A component whose code is loaded when it is first drawn. What it draws stays on the page meanwhile: only its own place waits.
 * A chunk that is gone, as after an upgrade of the plugin, is said where the view would be, with the way out.
 */
export function lazyView<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const View = lazy(async () => ({ default: (await load().catch(() => NotLoaded)) as ComponentType<object> }));
  return function LazyView(props: Props) {
    return (
      <Suspense fallback={<LoadingPlaceholder text={t('app.view.loading', 'Loading …')} />}>
        <View {...props} />
      </Suspense>
    );
  };
}

function NotLoaded() {
  return (
    <Alert severity="error" title={t('app.view.failed', 'This part of LogHunter could not be loaded')}>
      <p>
        {t(
          'app.view.failed-why',
          'The network was interrupted, or the plugin was upgraded since this tab was opened. What you see is kept in the address.'
        )}
      </p>
      <Button size="sm" icon="sync" onClick={() => window.location.reload()}>
        {t('app.view.reload', 'Reload the page')}
      </Button>
    </Alert>
  );
}
