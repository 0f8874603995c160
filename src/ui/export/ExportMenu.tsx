import { Button, Dropdown, Menu } from '@grafana/ui';
import React, { useState } from 'react';
import { t } from '../../translations';
import { ExportPanel } from './ExportPanel';
import { KeptExports } from './KeptExports';
import { useExport, type ExportContent } from './use-export';

interface ExportMenuProps {
  /** The page's name for it: each has its own export. */
  readonly place: string;
  readonly timeZone: string;
  /** What the page shows now. */
  readonly content: () => ExportContent;
}

/** Has the whole table written into a file, in the background, and gives it to the browser. */
export function ExportMenu({ place, timeZone, content }: ExportMenuProps) {
  const exported = useExport(place);
  const [showsKept, setShowsKept] = useState(false);
  const isRunning = exported.job?.status === 'queued' || exported.job?.status === 'running';
  const menu = (
    <Menu>
      {(['csv', 'json'] as const).map((format) => (
        <Menu.Item key={format} label={format.toUpperCase()} onClick={() => exported.start(format, content())} />
      ))}
      <Menu.Divider />
      <Menu.Item label={t('ui.export.keptItem', 'Kept exports …')} onClick={() => setShowsKept(true)} />
    </Menu>
  );
  return (
    <>
      <Dropdown overlay={menu} placement="bottom-end">
        <Button size="sm" variant="secondary" icon="download-alt" disabled={isRunning || exported.isStarting}>
          {t('ui.export.button', 'Export')}
        </Button>
      </Dropdown>
      <ExportPanel exported={exported} />
      {showsKept && <KeptExports timeZone={timeZone} onClose={() => setShowsKept(false)} />}
    </>
  );
}
