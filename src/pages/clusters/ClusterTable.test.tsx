import { fireEvent, render, screen, within } from '@testing-library/react';
import { setChromeHeaderHeightHook } from '@grafana/runtime';
import type { Cluster } from '@loghunter/contracts';
import React from 'react';
import { MemoryRouter } from 'react-router-dom';
import { testIds } from '../../test-ids';
import { ClusterTable } from './ClusterTable';
import { defaultListSettings } from './list-settings';
import { noSelection } from './selection';

const cluster: Cluster = {
  id: '7b5f3a52-6f0c-4bb5-9a51-1d9b2d0a4c11',
  service: 'checkout',
  namespace: 'shop',
  level: 'error',
  template: [
    { kind: 'text', text: 'order ' },
    { kind: 'variable', type: 'uuid' },
    { kind: 'text', text: ' declined' },
  ],
  templateText: 'order <*> declined',
  firstSeen: '2026-11-21T11:00:00.000Z',
  lastSeen: '2026-11-21T11:59:00.000Z',
  isNew: true,
  eventCount: 48_211,
  lineCount: 50_000,
  share: 0.042,
  trend: { start: '2026-11-21T11:00:00.000Z', stepMs: 60_000, counts: [1, 0, 4] },
  work: {
    state: 'regressed',
    since: '2026-11-21T11:00:00.000Z',
    ignoredUntil: null,
    resolvedIn: null,
    assignee: { kind: 'person', id: 'u1', name: 'Ada Lovelace' },
  },
  isUnseen: true,
};

setChromeHeaderHeightHook(() => 40);
// jsdom has no layout to scroll in.
window.scrollTo = () => undefined;

function renderTable(clusters: readonly Cluster[], cursor?: number) {
  const handlers = {
    onSort: jest.fn(),
    onSelect: jest.fn(),
    onMoveCursor: jest.fn(),
    onShowRows: jest.fn(),
    onLeave: jest.fn(),
  };
  render(
    <MemoryRouter
      future={{ v7_startTransition: true, v7_relativeSplatPath: true }}
      initialEntries={['/a/loghunter-app/clusters?from=now-6h&q=order']}
    >
      <ClusterTable
        window={new Map([[0, clusters]])}
        rowCount={100_000}
        settings={defaultListSettings}
        selection={noSelection}
        cursor={cursor}
        timeZone="utc"
        initialScrollPx={0}
        {...handlers}
      />
    </MemoryRouter>
  );
  return handlers;
}

function firstRow() {
  const [row] = screen.getAllByTestId(testIds.clusters.row);
  return within(row ?? document.body);
}

describe('ClusterTable', () => {
  it('links a cluster with range and filter of the list', () => {
    renderTable([cluster]);
    expect(screen.getByRole('link')).toHaveAttribute(
      'href',
      `/a/loghunter-app/clusters/${cluster.id}?from=now-6h&q=order`
    );
  });

  it('shows figures, state, owner and the type of a variable place', () => {
    renderTable([cluster]);
    const row = firstRow();
    expect(row.getByText('48.2K')).toBeInTheDocument();
    expect(row.getByText('4.2 %')).toBeInTheDocument();
    expect(row.getByText('Regressed')).toBeInTheDocument();
    expect(row.getByText('Ada Lovelace')).toBeInTheDocument();
    expect(row.getByTestId(testIds.clusters.unseen)).toBeInTheDocument();
    expect(row.getByTitle('Variable place: uuid')).toHaveTextContent('uuid');
  });

  it('says which column sorts and asks for another on click', () => {
    const { onSort } = renderTable([cluster]);
    expect(screen.getByRole('columnheader', { name: /Events/ })).toHaveAttribute('aria-sort', 'descending');
    screen.getByRole('button', { name: 'Last seen' }).click();
    expect(onSort).toHaveBeenCalledWith('lastSeen');
  });

  it('draws the rows in view only, of however many there are', () => {
    renderTable([cluster]);
    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '100001');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });

  it('moves with j and k, and chooses with x', () => {
    const { onMoveCursor, onSelect } = renderTable([cluster], 0);
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(onMoveCursor).toHaveBeenLastCalledWith(1);
    fireEvent.keyDown(document.body, { key: 'k' });
    expect(onMoveCursor).toHaveBeenLastCalledWith(0);
    fireEvent.keyDown(document.body, { key: 'x' });
    expect(onSelect).toHaveBeenLastCalledWith({ ids: new Set([cluster.id]), anchor: 0, isAllMatching: false });
  });

  it('chooses with a click, and a stretch with shift', () => {
    const { onSelect } = renderTable([cluster]);
    fireEvent.click(firstRow().getByRole('checkbox'), { shiftKey: true });
    expect(onSelect).toHaveBeenLastCalledWith({ ids: new Set([cluster.id]), anchor: 0, isAllMatching: false });
  });

  it('draws a cluster without any steps in its trend', () => {
    renderTable([{ ...cluster, trend: { ...cluster.trend, counts: [] } }]);
    expect(screen.getByRole('img', { name: /Events over time/ })).toBeInTheDocument();
  });
});
