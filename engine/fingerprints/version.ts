import { templatesVersion } from '../templates/index.ts';

// Raised with every change that gives any trace, or any line with something private in it, another fingerprint.
const traceVersion = 3;

/**
 * Version of the function from an event to its fingerprint, of templates and traces together. It is part of every
 * fingerprint: stored clusters keep the version they were made with, and a new version makes new clusters.
 */
export const algorithmVersion = templatesVersion * 1000 + traceVersion;
