export { createJobQueue } from './job-queue.ts';
export type { JobQueueParts } from './job-queue.ts';
