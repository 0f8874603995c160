import { SceneObjectBase, type SceneComponentProps } from '@grafana/scenes';
import React from 'react';
import { t } from '../translations';
import { CopyButton } from '../ui/CopyButton';
import { fixedRangeUrl } from './fixed-range-url';
import { requestRangeOf } from './request-range';

/** A button beside the time picker that copies the page's address, with all that is chosen on it. */
export class PageLink extends SceneObjectBase {
  static Component = PageLinkButton;
}

function PageLinkButton({ model }: SceneComponentProps<PageLink>) {
  return (
    <CopyButton
      label={t('scene.link.copy', 'Copy link to this page, with its time range fixed')}
      icon="link"
      isOnCanvas
      text={() => fixedRangeUrl(window.location.href, requestRangeOf(model))}
    />
  );
}
