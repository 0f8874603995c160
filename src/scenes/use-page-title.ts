import type { SceneAppPage } from '@grafana/scenes';
import { useEffect } from 'react';

/** Gives a page the name of what it shows, once that is known. */
export function usePageTitle(page: () => SceneAppPage, title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) {
      page().setState({ title });
    }
  }, [title, page]);
}
