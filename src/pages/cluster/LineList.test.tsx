import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { fireEvent, render, screen, within } from '@testing-library/react';
import type { ClusterLine, GetClusterResponse } from '@loghunter/contracts';
import React from 'react';
import { NEVER } from 'rxjs';
import { testIds } from '../../test-ids';
import { LineList } from './LineList';

// jsdom has no layout to scroll in.
const scrollIntoView = jest.fn();
Element.prototype.scrollIntoView = scrollIntoView;
setBackendSrv({ fetch: () => NEVER } as unknown as BackendSrv);

const cluster = { id: 'c1', service: 'shop', namespace: '' };

function lineOf(timestampNs: string, text: string): ClusterLine {
  return { timestampNs, text, level: 'error', labels: { service_name: 'shop' }, metadata: {}, spans: [] };
}

function listOf(lines: ClusterLine[], linkedAt = '') {
  return (
    <LineList
      request={{
        isLoading: false,
        error: undefined,
        answer: { lines, isComplete: true, scannedLineCount: lines.length } as never,
      }}
      answer={{ cluster, samples: [] } as unknown as GetClusterResponse}
      limit={50}
      timeZone="utc"
      text=""
      linkedAt={linkedAt}
      onClearText={() => undefined}
      onLoadMore={() => undefined}
      onRetry={() => undefined}
    />
  );
}

const older = lineOf('1764331200000000000', 'older');
const newer = lineOf('1764331260000000000', 'newer');

function isOpen(text: string): boolean {
  const row = screen.getAllByTestId(testIds.cluster.line).find((each) => each.textContent?.includes(text));
  return within(row ?? document.body).queryByRole('button', { name: 'Hide labels' }) !== null;
}

describe('the lines of a cluster', () => {
  it('stay open when newer lines arrive, also those that are the same in everything', () => {
    const { rerender } = render(listOf([older]));
    fireEvent.click(screen.getByRole('button', { name: 'Show labels' }));
    rerender(listOf([newer, older]));
    expect([isOpen('older'), isOpen('newer')]).toEqual([true, false]);
    rerender(listOf([newer, newer, older]));
    expect(isOpen('older')).toBe(true);
  });

  it('scroll once to the line that a link leads to', () => {
    const { rerender } = render(listOf([older], older.timestampNs));
    rerender(listOf([newer, older], older.timestampNs));
    expect(scrollIntoView).toHaveBeenCalledTimes(1);
    expect(screen.queryByText(/that the link leads to/)).toBeNull();
  });

  it('say when the line that a link leads to is not among them', () => {
    render(listOf([newer], older.timestampNs));
    expect(screen.getByText(/The line that the link leads to is not among these/)).toBeInTheDocument();
  });
});
