import type { SceneObject, SceneObjectState } from '@grafana/scenes';
import type { ChangedWorks, WorkTarget } from '../../work-list/WorkActions';
import type { ExportContent } from '../../ui/export/use-export';
import type { LoadedClusters } from './cluster-loader';
import type { RowRange } from './cluster-window';
import type { Cursor } from './cursor';
import type { ListSettings } from './list-settings';
import type { Selection } from './selection';

export interface ClusterListState extends SceneObjectState, LoadedClusters {
  settings: ListSettings;
  selection: Selection;
  /** Where the keyboard is; kept here so that coming back from a cluster finds it. */
  cursor: Cursor | undefined;
}

/** What the views of the list ask of the scene object that holds it. */
export interface ClusterListModel extends SceneObject<ClusterListState> {
  applyWorks(works: ChangedWorks): void;
  /** What an action is about: all that match, the chosen ones, or the one the keyboard is at. */
  targets(): WorkTarget;
  /** Looks again at clusters that somebody changed; those that are not loaded are none of the reader's business. */
  reloadWorks(clusterIds: readonly string[]): Promise<void>;
  refresh(): void;
  /** Another list: from its start, with nothing chosen in it. */
  changeSettings(change: Partial<ListSettings>): void;
  clearFilters(): void;
  /** The whole list as it is filtered and sorted now. */
  exportContent(): ExportContent;
  hasVariableFilters(): boolean;
  /** Loads what of these rows is not there yet. */
  showRows(range: RowRange): void;
  /** Where the window was scrolled to when the list was left, in pixels. */
  readonly scrollPx: number;
  keepScroll(scrollPx: number): void;
}
