import type { Config } from '../config.ts';

/** Hosts, with their ports, at which this server is reached: nothing may be told to them. */
export function ownHostsOf({ host, port, publicUrl }: Pick<Config, 'host' | 'port' | 'publicUrl'>): readonly string[] {
  const names = [host, 'localhost', '127.0.0.1', '[::1]'].map((name) => `${name}:${port}`);
  return publicUrl === null ? names : [...names, new URL(publicUrl).host];
}
