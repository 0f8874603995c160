/**
 * Version of everything that decides a signature. It is part of stored fingerprints: a change of masks, headers or
 * structured-line rules that moves any line to another signature must raise it.
 */
export const templatesVersion = 3;
