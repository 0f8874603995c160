const { version } = require('react');

if (!version.startsWith('19.')) {
  throw new TypeError(`These tests are there for React 19 and got ${version}`);
}

// jsdom has none, and React 19's server renderer, which @grafana/ui brings along, makes one while it is loaded. One of Node's would keep the
// process alive.
globalThis.MessageChannel = class {
  port1 = { onmessage: undefined };
  port2 = { postMessage: (data) => setTimeout(() => this.port1.onmessage?.({ data })) };
};
