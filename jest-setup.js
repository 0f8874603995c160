// Jest setup provided by Grafana scaffolding
import './.config/jest-setup';

// jsdom has none; scenes make one as they are loaded.
globalThis.IntersectionObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
