export { connectSigningKeys } from './signing-keys.ts';
export type { SigningKeysOptions } from './signing-keys.ts';
export { connectAnnotations } from './annotations.ts';
export type { AnnotationOptions } from './annotations.ts';
