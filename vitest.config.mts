import { defineConfig } from 'vitest/config';

// Jest owns src/ (the scaffold's set-up); Playwright owns tests/e2e.
const rooms = ['contracts', 'engine', 'ports', 'adapters', 'bff', 'cli', 'preview', 'tooling'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: rooms.map((room) => `${room}/**/*.test.ts`),
          setupFiles: ['tests/property-seed.ts'],
          testTimeout: 20_000,
          // Vitest leaves one core of two to itself, which it does not need.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'system',
          include: ['tests/system/**/*.test.ts'],
          setupFiles: ['tests/property-seed.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Each file starts its own servers and waits much for leases and pauses; more than two would fight for the cores.
          maxWorkers: 2,
        },
      },
    ],
  },
});
