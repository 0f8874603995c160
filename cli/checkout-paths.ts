import { resolve } from 'node:path';

/** Root of the checkout that this command line runs from. */
export const checkoutDirectory = resolve(import.meta.dirname, '..');
