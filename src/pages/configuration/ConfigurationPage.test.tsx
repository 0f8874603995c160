import { setBackendSrv, type BackendSrv } from '@grafana/runtime';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';
import { defer } from 'rxjs';
import { testIds } from '../../test-ids';
import { ConfigurationPage } from './ConfigurationPage';

/** Grafana's settings of the app; saving fails while `refuses` says so. */
function keepSettings(refuses: () => boolean) {
  let serverUrl = 'http://before:8787';
  const fetch = ({ method, data }: { method: string; data?: { jsonData: { serverUrl: string } } }) =>
    defer(async () => {
      if (method === 'POST') {
        if (refuses()) {
          throw Object.assign(new TypeError('refused'), { status: 403, data: { message: 'Permission denied' } });
        }
        serverUrl = data?.jsonData.serverUrl ?? '';
      }
      return { data: { enabled: true, jsonData: { serverUrl }, secureJsonFields: { serverSecret: true } } };
    });
  setBackendSrv({ fetch } as unknown as BackendSrv);
}

const { serverUrl, serverSecret, save } = testIds.configuration;

async function saveTyped() {
  await act(async () => fireEvent.click(screen.getByTestId(save)));
}

describe('the configuration', () => {
  it('keeps what was typed when saving fails, and begins anew when it works', async () => {
    let isRefused = true;
    keepSettings(() => isRefused);
    await act(async () => void render(<ConfigurationPage />));
    fireEvent.change(screen.getByTestId(serverUrl), { target: { value: 'http://after:8787' } });
    fireEvent.click(screen.getByRole('button', { name: 'Reset' }));
    fireEvent.change(screen.getByTestId(serverSecret), { target: { value: 'a new secret' } });
    await saveTyped();
    expect(screen.getByTestId(testIds.problem)).toBeTruthy();
    expect(screen.getByTestId<HTMLInputElement>(serverUrl).value).toBe('http://after:8787');
    expect(screen.getByTestId<HTMLInputElement>(serverSecret).value).toBe('a new secret');
    isRefused = false;
    await saveTyped();
    expect(screen.getByTestId<HTMLInputElement>(serverUrl).value).toBe('http://after:8787');
    expect(screen.getByTestId<HTMLInputElement>(serverSecret).value).toBe('configured');
    expect(screen.queryByTestId(testIds.problem)).toBeNull();
  });
});
