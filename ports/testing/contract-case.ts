/** One behaviour that every implementation of a port shows, fakes included. */
export interface ContractCase<Subject> {
  /** A plain sentence. */
  readonly title: string;
  /** Throws when the subject does not behave so. Cases do not disturb each other on the same subject. */
  run(subject: Subject): Promise<void>;
}
