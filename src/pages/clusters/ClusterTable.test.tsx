import { render, screen, within } from '@testing-library/react';
import type { Cluster } from '@loghunter/contracts';
import React from 'react';
import { MemoryRouter } from 'react-router-dom';
import { testIds } from '../../test-ids';
import { ClusterTable } from './ClusterTable';
import { defaultListSettings } from './list-settings';

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
  work: { state: 'ongoing', since: '2026-11-21T02:00:00.000Z', ignoredUntil: null, resolvedIn: null, assignee: null },
  isUnseen: false,
  trend: { start: '2026-11-21T11:00:00.000Z', stepMs: 60_000, counts: [1, 0, 4] },
};

function renderTable(clusters: readonly Cluster[], onSort = jest.fn()) {
  render(
    <MemoryRouter
      future={{ v7_startTransition: true, v7_relativeSplatPath: true }}
      initialEntries={['/a/loghunter-app/clusters?from=now-6h&q=order']}
    >
      <ClusterTable clusters={clusters} settings={defaultListSettings} timeZone="utc" onSort={onSort} />
    </MemoryRouter>
  );
  return onSort;
}

describe('ClusterTable', () => {
  it('links a cluster with range and filter of the list', () => {
    renderTable([cluster]);
    expect(screen.getByRole('link')).toHaveAttribute(
      'href',
      `/a/loghunter-app/clusters/${cluster.id}?from=now-6h&q=order`
    );
  });

  it('shows figures, new badge and the type of a variable place', () => {
    renderTable([cluster]);
    const row = within(screen.getByTestId(testIds.clusters.row));
    expect(row.getByText('48.2K')).toBeInTheDocument();
    expect(row.getByText('4.2 %')).toBeInTheDocument();
    expect(row.getByText('new')).toBeInTheDocument();
    expect(row.getByTitle('Variable place: uuid')).toHaveTextContent('uuid');
  });

  it('says which column sorts and asks for another on click', () => {
    const onSort = renderTable([cluster]);
    expect(screen.getByRole('columnheader', { name: /Events/ })).toHaveAttribute('aria-sort', 'descending');
    screen.getByRole('button', { name: 'Last seen' }).click();
    expect(onSort).toHaveBeenCalledWith('lastSeen');
  });

  it('draws a cluster without any steps in its trend', () => {
    renderTable([{ ...cluster, trend: { ...cluster.trend, counts: [] } }]);
    expect(screen.getByRole('img', { name: /Events over time/ })).toBeInTheDocument();
  });
});
