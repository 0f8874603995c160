export { buildPreview } from './build-preview.ts';
export { createPreviewServer } from './preview-server.ts';
export type { PreviewOptions, PreviewServer } from './preview-server.ts';
