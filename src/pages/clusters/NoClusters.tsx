import { Button, EmptyState } from '@grafana/ui';
import type { Coverage } from '@loghunter/contracts';
import React from 'react';
import { testIds } from '../../test-ids';

interface NoClustersProps {
  readonly coverage: Coverage;
  readonly isFiltered: boolean;
  readonly onClearFilters: () => void;
}

/** An empty list says why it is empty and what to do about it. */
export function NoClusters({ coverage, isFiltered, onClearFilters }: NoClustersProps) {
  return <div data-testid={testIds.empty}>{emptyState(coverage, isFiltered, onClearFilters)}</div>;
}

function emptyState(coverage: Coverage, isFiltered: boolean, onClearFilters: () => void) {
  if (coverage.readUpTo === null) {
    return (
      <EmptyState variant="call-to-action" message="No logs have been read yet" hideImage>
        LogHunter reads forward from a few hours ago. The first clusters appear within a minute or two of the
        server&apos;s start; the configuration page shows whether it reaches the log store.
      </EmptyState>
    );
  }
  if (isFiltered && coverage.lineCount > 0) {
    return (
      <EmptyState
        variant="not-found"
        message="No cluster matches the filters"
        button={
          <Button variant="secondary" icon="times" onClick={onClearFilters}>
            Clear filters
          </Button>
        }
      >
        There may be clusters of other services, namespaces or levels in this time range.
      </EmptyState>
    );
  }
  return (
    <EmptyState variant="not-found" message="No log lines in this time range">
      Choose a longer or a later range. What has been read ends at {new Date(coverage.readUpTo).toLocaleString()}.
    </EmptyState>
  );
}
