/** Inside the parser only: a valid part of LogQL that the tree has no place for. */
export class NotSupported extends Error {
  readonly construct: string;
  readonly position: number;

  constructor(construct: string, position: number) {
    super(`not supported: ${construct}`);
    this.construct = construct;
    this.position = position;
  }
}

/** Inside the parser only: text that the grammar accepts and Loki would not. */
export class WrittenWrongly extends Error {
  readonly position: number;
  /** Whether it is the expression that stands there, and the text around it is right. */
  readonly isExpression: boolean;

  constructor(message: string, position: number, isExpression = false) {
    super(message);
    this.position = position;
    this.isExpression = isExpression;
  }
}
