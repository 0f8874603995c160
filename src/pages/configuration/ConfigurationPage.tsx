import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { t } from '../../translations';
import { createLatestRequest, notRequested, type RequestState } from '../../api/latest-request';
import {
  readPluginSettings,
  savePluginSettings,
  type PluginSettings,
  type PluginSettingsChange,
} from '../../api/plugin-settings';
import { testIds } from '../../test-ids';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { ConnectionTest } from './ConnectionTest';
import { SettingsForm } from './SettingsForm';

/** Where an administrator says which server the app talks to, and tries it. */
export function ConfigurationPage() {
  const styles = useStyles2(getStyles);
  const [request, setRequest] = useState<RequestState<PluginSettings>>(notRequested);
  const [latest] = useState(() =>
    createLatestRequest<PluginSettings>((change) => setRequest((before) => ({ ...before, ...change })))
  );
  const [isDirty, setIsDirty] = useState(false);
  // Counts saves: a test result of older settings must not stay on the screen.
  const [saveCount, setSaveCount] = useState(0);

  useEffect(() => {
    void latest.run(readPluginSettings);
    return () => latest.cancel();
  }, [latest]);

  async function save(before: PluginSettings, change: PluginSettingsChange) {
    let isSaved = false;
    await latest.run(async () => {
      await savePluginSettings(before, change);
      const saved = await readPluginSettings();
      isSaved = true;
      return saved;
    });
    // The form begins anew with each count: what was typed must outlive a failure.
    if (isSaved) {
      setSaveCount((count) => count + 1);
    }
  }

  const { answer: settings, error, isLoading } = request;
  return (
    <div className={styles.page} data-testid={testIds.configuration.page}>
      {error && <ProblemNotice error={error} onRetry={() => void latest.run(readPluginSettings)} />}
      {settings === undefined && isLoading && (
        <LoadingPlaceholder text={t('configuration.loading', 'Loading settings')} />
      )}
      {settings && (
        <>
          <SettingsForm
            key={saveCount}
            settings={settings}
            isSaving={isLoading}
            onDirtyChange={setIsDirty}
            onSave={(change) => void save(settings, change)}
          />
          <ConnectionTest key={`test ${saveCount}`} isEnabled={settings.isEnabled} isDirty={isDirty} />
        </>
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return { page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(3), maxWidth: 640 }) };
}
