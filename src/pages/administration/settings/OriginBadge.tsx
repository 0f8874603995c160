import type { InstallationSetting } from '@loghunter/contracts';
import React from 'react';
import { t } from '../../../translations';
import { StatusBadge } from '../../../ui/StatusBadge';

/** Where the value of a setting comes from. */
export function OriginBadge({ origin }: Pick<InstallationSetting, 'origin'>) {
  const words: Readonly<Record<InstallationSetting['origin'], { readonly text: string; readonly tooltip: string }>> = {
    default: {
      text: t('administration.settings.default', 'default'),
      tooltip: t('administration.settings.default-note', 'Nobody has set it'),
    },
    environment: {
      text: t('administration.settings.environment', 'installation'),
      tooltip: t('administration.settings.environment-note', "From the server's environment"),
    },
    file: {
      text: t('administration.settings.file', 'file'),
      tooltip: t('administration.settings.file-note', "From a file that the server's environment names"),
    },
    tenant: {
      text: t('administration.settings.tenant', 'set here'),
      tooltip: t('administration.settings.tenant-note', 'Holds for this tenant only'),
    },
  };
  return <StatusBadge color={origin === 'tenant' ? 'blue' : 'darkgrey'} {...words[origin]} />;
}
