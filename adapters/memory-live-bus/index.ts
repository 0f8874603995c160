export { createMemoryLiveBus } from './memory-live-bus.ts';
