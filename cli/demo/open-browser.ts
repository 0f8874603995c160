import { spawn } from 'node:child_process';

/** Asks the desktop to open a page; a machine without one is no problem, the address is printed as well. */
export function openBrowser(url: string): void {
  const command = process.platform === 'darwin' ? 'open' : 'xdg-open';
  const child = spawn(command, [url], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
