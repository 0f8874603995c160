/** Something the preview cannot do, told on the page instead of leaving it blank. */
export class PreviewError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PreviewError';
  }
}
