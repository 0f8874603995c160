/** A query was built from parts that LogQL cannot hold, such as a label name with a space. */
export class LogqlInputError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LogqlInputError';
  }
}
