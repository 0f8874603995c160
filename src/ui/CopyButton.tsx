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
    await copyText(typeof text === 'string' ? text : text());
    setIsCopied(true);
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

/** The clipboard of the browser exists on secure pages only; many Grafana installations are plain HTTP. */
async function copyText(text: string): Promise<void> {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  area.style.opacity = '0';
  document.body.append(area);
  area.select();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the only way on plain HTTP
  document.execCommand('copy');
  area.remove();
}
