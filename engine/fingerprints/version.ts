import { templatesVersion } from '../templates/index.ts';

// Raised with every change that gives any trace, or any line with something private in it, another fingerprint.
const traceVersion = 3;

/**
 * Version of the function from an event to its fingerprint, of templates and traces together. It is stored with each
 * cluster and is no part of the fingerprint: what a new version leaves as it was keeps its cluster, and the others are
 * found again through what is stored of them.
 */
export const algorithmVersion = templatesVersion * 1000 + traceVersion;
