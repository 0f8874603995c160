// The `test` of the preview's specs: starts what they look at once, and fails a test whose page complains or calls out.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, type Browser, type BrowserContext, type Page } from '@playwright/test';

/** Where the preview and the server behind it run. */
export interface Servers {
  readonly url: string;
  readonly serverUrl: string;
  readonly serverSecret: string;
  /** That alerts of Grafana are signed with. */
  readonly alertSecret: string;
}

type PersonRole = 'Viewer' | 'Editor' | 'Admin';

/** Has whoever uses a page be somebody else from its next address on; administrator at first. */
export type SignIn = (page: Page, login: string, role: PersonRole) => Promise<void>;

/** Opens a page for somebody beside the test's own: a browser of their own, signed in. It is closed with the test. */
export type OpenAs = (login: string, role: PersonRole) => Promise<Page>;

export interface TestParts {
  /** Statuses of failed calls that a test provokes itself; the browser writes each of them to the console. */
  readonly provokedStatuses: readonly number[];
  readonly signIn: SignIn;
  readonly openAs: OpenAs;
  readonly watchedPage: void;
}

export interface WorkerParts {
  readonly servers: Servers;
}

const root = join(import.meta.dirname, '..', '..');

interface OpenAsParts {
  readonly browser: Browser;
  readonly baseURL: string | undefined;
  readonly signIn: SignIn;
}

/** The fixture `openAs`, in the preview and in a real Grafana. */
export async function openPagesAs(
  { browser, baseURL, signIn }: OpenAsParts,
  use: (openAs: OpenAs) => Promise<void>
): Promise<void> {
  const contexts: BrowserContext[] = [];
  await use(async (login, role) => {
    const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
    contexts.push(context);
    const page = await context.newPage();
    await signIn(page, login, role);
    return page;
  });
  await Promise.all(contexts.map((context) => context.close()));
}

export const test = base.extend<TestParts, WorkerParts>({
  servers: [
    async ({}, use) => {
      const running = process.env.LOGHUNTER_E2E_URL;
      if (running !== undefined) {
        // The line that start-servers.ts prints, or an address alone.
        const whole = running.startsWith('{') ? JSON.parse(running) : { url: running };
        await use({ serverUrl: '', serverSecret: '', alertSecret: '', ...whole });
        return;
      }
      const started = await startServers();
      await use(started.servers);
      await started.stop();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ servers }, use) => use(servers.url),
  provokedStatuses: [[], { option: true }],
  signIn: async ({ servers }, use) =>
    use(async (page, login, role) => {
      const cookie = { name: 'loghunter-preview-user', value: `${login}:${role}`, url: servers.url };
      await page.context().addCookies([cookie]);
    }),
  openAs: openPagesAs,
  watchedPage: [
    async ({ page, provokedStatuses }, use) => {
      const complaints = watch(page, provokedStatuses);
      await use();
      if (complaints.length > 0) {
        throw new PageComplaintError(complaints);
      }
    },
    { auto: true },
  ],
});

export { expect } from '@playwright/test';

class PageComplaintError extends Error {
  constructor(complaints: readonly string[]) {
    super(`The page complained:\n${complaints.join('\n')}`);
    this.name = 'PageComplaintError';
  }
}

function watch(page: Page, provokedStatuses: readonly number[]): readonly string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => {
    const isProvoked = provokedStatuses.some((status) => message.text().includes(`status of ${status}`));
    if (message.type() === 'error' && !isProvoked) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') && url.hostname !== '127.0.0.1') {
      complaints.push(`request outside loopback: ${request.url()}`);
    }
  });
  return complaints;
}

/** Runs start-servers.ts in a process of its own: the room's TypeScript needs Node 24, Playwright runs on any. */
async function startServers(): Promise<{ servers: Servers; stop: () => Promise<void> }> {
  const child = spawn(join(root, 'tooling', 'node'), [join(import.meta.dirname, 'start-servers.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const stop = async () => {
      child.stdin.end();
      await ended;
    };
    return { servers: JSON.parse(line), stop };
  }
  throw new PageComplaintError(['the servers ended before they were ready']);
}
