import { expect, type Page } from '@playwright/test';

export interface PluginCalls {
  /** Waits until every call has its answer. A call that the page gave up counts as answered. */
  settled(): Promise<void>;
  /** What was answered with a failure, as `status method address`. */
  readonly refused: readonly string[];
}

/** These stay open as long as the page. */
const streams = /\/api\/v1\/(live|tail)(\?|$)/;

/** Watches the calls of the plugin to its server from now on. */
export function watchPluginCalls(page: Page): PluginCalls {
  const open = new Set<unknown>();
  const refused: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/plugin-proxy/') && !streams.test(request.url())) {
      open.add(request);
    }
  });
  page.on('response', (response) => {
    if (open.has(response.request()) && response.status() >= 400) {
      refused.push(`${response.status()} ${response.request().method()} ${response.url()}`);
    }
  });
  page.on('requestfinished', (request) => open.delete(request));
  page.on('requestfailed', (request) => open.delete(request));
  return {
    settled: () => expect.poll(() => open.size, { message: 'calls without an answer' }).toBe(0),
    refused,
  };
}
