// The table of a list of any length: only the rows in view are in the page.
import { locationUtil } from '@grafana/data';
import { locationService, useChromeHeaderHeight } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';
import type { ClusterSort } from '@loghunter/contracts';
import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import React, { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useLocation } from 'react-router-dom';
import { clusterHref } from '../../plugin-paths';
import { t } from '../../translations';
import { useNowMs } from '../../ui/use-now';
import { usePageKeys } from '../../ui/use-page-keys';
import { useStable } from '../../ui/use-stable';
import { ClusterRow, EmptyRow } from './ClusterRow';
import { ClusterTableHead } from './ClusterTableHead';
import { clusterAt, type ClusterWindow, type RowRange } from './cluster-window';
import type { ListSettings } from './list-settings';
import { extendTo, isChosen, selectAll, toggleRow, type Selection } from './selection';
import { getTableStyles, headHeightPx, rowHeightPx } from './table-style';

export interface ClusterTableProps {
  readonly window: ClusterWindow;
  readonly rowCount: number;
  readonly settings: ListSettings;
  readonly selection: Selection;
  /** Row that the keyboard is at. */
  readonly cursor: number | undefined;
  readonly timeZone: string;
  readonly onSort: (sort: ClusterSort) => void;
  readonly onSelect: (selection: Selection) => void;
  readonly onMoveCursor: (row: number) => void;
  readonly onShowRows: (range: RowRange) => void;
  /** Where the window was scrolled to when the list was left; going back finds the same rows. */
  readonly initialScrollPx: number;
  readonly onLeave: (scrollPx: number) => void;
}

/** Rows drawn beyond the window's edges, so that a turn of the wheel finds them there. */
const overscan = 8;

export function ClusterTable(props: ClusterTableProps) {
  const styles = useStyles2(getTableStyles);
  const { window: clusters, rowCount, selection, cursor, onSelect } = props;
  const headerHeightPx = useChromeHeaderHeight() ?? 0;
  const { frameRef, virtualizer } = useRows(props, headerHeightPx);
  const { search } = useLocation();
  const nowMs = useNowMs();
  const loadedIds = [...clusters.values()].flat().map(({ id }) => id);
  // Who takes one row out of all that match goes on with the rows that they see.
  const rows = selection.isAllMatching ? selectAll(loadedIds) : selection;
  useTableKeys({ ...props, selection: rows }, virtualizer.scrollToIndex);
  const handleToggle = useStable((id: string, index: number, isStretch: boolean) =>
    onSelect(isStretch ? extendTo(rows, index, (row) => clusterAt(clusters, row)?.id) : toggleRow(rows, id, index))
  );
  const keyOf = createRowKeys();
  return (
    <div
      className={styles.frame}
      role="table"
      aria-label={t('clusters.table.label', 'Clusters')}
      aria-rowcount={rowCount + 1}
    >
      <ClusterTableHead {...props} loadedIds={loadedIds} topPx={headerHeightPx} />
      <div ref={frameRef} className={styles.rows} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const cluster = clusterAt(clusters, index);
          const topPx = start - virtualizer.options.scrollMargin;
          return cluster === undefined ? (
            <EmptyRow key={index} index={index} topPx={topPx} />
          ) : (
            <ClusterRow
              key={keyOf(cluster.id, index)}
              cluster={cluster}
              href={clusterHref(cluster.id, search)}
              index={index}
              topPx={topPx}
              isSelected={isChosen(selection, cluster.id)}
              isCursor={cursor === index}
              timeZone={props.timeZone}
              nowMs={nowMs}
              onToggle={handleToggle}
            />
          );
        })}
      </div>
    </div>
  );
}

/**
 * A row goes with its cluster, and the focus with it: Enter would open whatever came to its place. Pages that were loaded one after the
 * other may hold the same cluster twice.
 */
function createRowKeys(): (id: string, index: number) => string {
  const taken = new Set<string>();
  return (id, index) => {
    const key = taken.has(id) ? `${id} ${index}` : id;
    taken.add(id);
    return key;
  };
}

/** Long enough that a fling over thousands of rows asks for where it ends only. */
const restMs = 60;

function useRows(props: ClusterTableProps, headerHeightPx: number) {
  const { rowCount, cursor, initialScrollPx, onShowRows, onLeave } = props;
  const frameRef = useRef<HTMLDivElement>(null);
  const scrollMargin = useTopPx(frameRef);
  const virtualizer = useWindowVirtualizer({
    count: rowCount,
    estimateSize: () => rowHeightPx,
    overscan,
    scrollMargin,
    scrollPaddingStart: headerHeightPx + headHeightPx,
    scrollPaddingEnd: rowHeightPx,
    useFlushSync: false,
    initialOffset: initialScrollPx,
    // The row that the keyboard is at stays in the page: the focus would be lost with it.
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return cursor === undefined || cursor >= rowCount || shown.includes(cursor) ? shown : [...shown, cursor];
    },
  });
  useLayoutEffect(
    () => () => onLeave(virtualizer.scrollOffset ?? 0),
    // Only the end of the table's life matters.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    []
  );
  const range = virtualizer.range;
  const first = range?.startIndex ?? 0;
  const last = range?.endIndex ?? 0;
  useEffect(() => {
    const timer = setTimeout(
      () => onShowRows({ first: Math.max(0, first - overscan), last: Math.min(rowCount - 1, last + overscan) }),
      restMs
    );
    return () => clearTimeout(timer);
    // Other rows or another answer are a reason to ask; the callback is new on each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [first, last, rowCount, props.window]);
  return { frameRef, virtualizer };
}

/**
 * Where an element begins in the page, in pixels: notices come and go above it, filters wrap. Measured when something changes its size,
 * not after each render: while scrolling, asking the browser for it would cost as much as drawing the rows.
 */
function useTopPx(ref: RefObject<HTMLElement | null>): number {
  const [topPx, setTopPx] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) {
      return undefined;
    }
    const measure = () => setTopPx(Math.round(element.getBoundingClientRect().top + window.scrollY));
    measure();
    if (typeof ResizeObserver === 'undefined') {
      return undefined;
    }
    const observer = new ResizeObserver(measure);
    for (let above = element.parentElement; above !== null; above = above.parentElement) {
      observer.observe(above);
    }
    return () => observer.disconnect();
  }, [ref]);
  return topPx;
}

/** j, k, enter, x and shift+x; what acts on the chosen rows belongs to the list. */
function useTableKeys(props: ClusterTableProps, scrollToIndex: (index: number) => void): void {
  const { window: clusters, rowCount, selection, cursor, onSelect, onMoveCursor } = props;
  const { search } = useLocation();
  function move(step: number) {
    const next = cursor === undefined ? 0 : Math.max(0, Math.min(rowCount - 1, cursor + step));
    scrollToIndex(next);
    onMoveCursor(next);
  }
  const current = cursor === undefined ? undefined : clusterAt(clusters, cursor);
  usePageKeys({
    j: () => move(1),
    k: () => move(-1),
    x: () => (current && cursor !== undefined ? onSelect(toggleRow(selection, current.id, cursor)) : false),
    X: () =>
      cursor === undefined ? false : onSelect(extendTo(selection, cursor, (row) => clusterAt(clusters, row)?.id)),
    Enter: () => {
      // A link or a button that has the focus does it itself.
      if (current === undefined || document.activeElement !== document.body) {
        return false;
      }
      locationService.push(locationUtil.stripBaseFromUrl(clusterHref(current.id, search)));
      return undefined;
    },
  });
}
