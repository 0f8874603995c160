import { AppEvents } from '@grafana/data';
import { getAppEvents } from '@grafana/runtime';
import { Button, IconButton, ToolbarButton, type IconName } from '@grafana/ui';
import React, { useEffect, useState } from 'react';
import { t } from '../translations';

interface CopyButtonProps {
  readonly label: string;
  readonly text: string | (() => string);
  /** With words beside the icon; otherwise the label is the tooltip. */
  readonly hasWords?: boolean;
  readonly icon?: IconName;
  /** As high as the time picker and the refresh button, to stand beside them. */
  readonly isOnCanvas?: boolean;
}

/** Long enough to be read, short enough not to be in the way of a second copy. */
const acknowledgeMs = 1500;

export function CopyButton({ label, text, hasWords = false, icon = 'copy', isOnCanvas = false }: CopyButtonProps) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) {
      return undefined;
    }
    const timer = setTimeout(() => setIsCopied(false), acknowledgeMs);
    return () => clearTimeout(timer);
  }, [isCopied]);

  async function handleClick() {
    const copied = await copyText(typeof text === 'string' ? text : text());
    setIsCopied(copied);
    if (!copied) {
      getAppEvents().publish({
        type: AppEvents.alertError.name,
        payload: [
          t('copy.failed', 'Nothing was copied'),
          t('copy.refused', 'The browser does not let this page use the clipboard.'),
        ],
      });
    }
  }

  if (isOnCanvas) {
    return (
      <ToolbarButton
        variant="canvas"
        icon={isCopied ? 'check' : icon}
        tooltip={isCopied ? t('copy.done', 'Copied') : label}
        aria-label={label}
        onClick={() => void handleClick()}
      />
    );
  }
  if (hasWords) {
    return (
      <Button variant="secondary" size="sm" icon={isCopied ? 'check' : icon} onClick={() => void handleClick()}>
        {isCopied ? t('copy.done', 'Copied') : label}
      </Button>
    );
  }
  return (
    <IconButton
      name={isCopied ? 'check' : icon}
      tooltip={isCopied ? t('copy.done', 'Copied') : label}
      size="sm"
      onClick={() => void handleClick()}
    />
  );
}

/**
 * Whether the text is in the clipboard now. The browser's own exists on secure pages only, many Grafana installations are plain HTTP; and
 * it refuses where a policy or the reader does not allow it.
 */
async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // The old way may be allowed where the new one is not.
    }
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way on plain HTTP
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}
