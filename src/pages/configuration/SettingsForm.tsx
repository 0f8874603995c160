import { Alert, Button, Field, Input, SecretInput } from '@grafana/ui';
import React, { useEffect, useState, type FormEvent } from 'react';
import { t } from '../../translations';
import type { PluginSettings, PluginSettingsChange } from '../../api/plugin-settings';
import { testIds } from '../../test-ids';
import { serverUrlProblem } from './server-url';

interface SettingsFormProps {
  readonly settings: PluginSettings;
  readonly isSaving: boolean;
  readonly onDirtyChange: (isDirty: boolean) => void;
  readonly onSave: (change: PluginSettingsChange) => void;
}

export function SettingsForm({ settings, isSaving, onDirtyChange, onSave }: SettingsFormProps) {
  const [serverUrl, setServerUrl] = useState(settings.serverUrl);
  const [serverSecret, setServerSecret] = useState('');
  const [keepsSecret, setKeepsSecret] = useState(settings.hasServerSecret);
  const problem = serverUrlProblem(serverUrl);
  const lacksSecret = !keepsSecret && serverSecret === '';
  const isDirty =
    serverUrl.trim() !== settings.serverUrl || serverSecret !== '' || keepsSecret !== settings.hasServerSecret;
  useEffect(() => onDirtyChange(isDirty), [isDirty, onDirtyChange]);

  function handleSubmit(event: FormEvent) {
    event.preventDefault();
    if (problem === undefined && !lacksSecret) {
      onSave({ isEnabled: true, serverUrl: serverUrl.trim(), serverSecret: keepsSecret ? undefined : serverSecret });
    }
  }

  return (
    <form onSubmit={handleSubmit} noValidate>
      {!settings.isEnabled && (
        <Alert
          severity="info"
          title={t('configuration.form.disabled', 'LogHunter is not enabled in this organisation')}
        >
          {t('configuration.form.disabled-note', 'Saving the settings enables it.')}
        </Alert>
      )}
      <Field
        label={t('configuration.form.address', 'Server address')}
        description={t(
          'configuration.form.address-note',
          'Where Grafana reaches the LogHunter server, such as http://loghunter:8787. Browsers never call it themselves.'
        )}
        required
        invalid={serverUrl !== '' && problem !== undefined}
        error={problem}
      >
        <Input
          id="loghunter-server-url"
          value={serverUrl}
          placeholder="http://loghunter:8787"
          data-testid={testIds.configuration.serverUrl}
          onChange={(event) => setServerUrl(event.currentTarget.value)}
        />
      </Field>
      <Field
        label={t('configuration.form.secret', 'Shared secret')}
        description={t(
          'configuration.form.secret-note',
          "The same value as the server's LOGHUNTER_GRAFANA_SECRET. Grafana stores it encrypted and never shows it again."
        )}
        required
      >
        <SecretInput
          id="loghunter-server-secret"
          isConfigured={keepsSecret}
          value={serverSecret}
          placeholder={t('configuration.form.secret', 'Shared secret')}
          autoComplete="off"
          data-testid={testIds.configuration.serverSecret}
          onChange={(event) => setServerSecret(event.currentTarget.value)}
          onReset={() => setKeepsSecret(false)}
        />
      </Field>
      <Button
        type="submit"
        disabled={isSaving || problem !== undefined || lacksSecret || (!isDirty && settings.isEnabled)}
        data-testid={testIds.configuration.save}
      >
        {settings.isEnabled
          ? t('configuration.form.save', 'Save settings')
          : t('configuration.form.enable', 'Save and enable')}
      </Button>
    </form>
  );
}
