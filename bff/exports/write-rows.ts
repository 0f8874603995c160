import { csvLine, type CsvRow } from './to-csv.ts';

/** A table to write into a file. */
export interface WrittenTable<Row extends CsvRow> {
  readonly rows: AsyncIterable<Row>;
  readonly columns: ReadonlyArray<keyof Row & string>;
  readonly format: 'csv' | 'json';
  readonly maxRows: number;
  readonly maxBytes: number;
}

/** How the writing ended. */
export interface Written {
  readonly rowCount: number;
  /** Bytes of the rows in UTF-8. */
  readonly sizeBytes: number;
  /** False: there were more rows than a file may hold. */
  readonly isComplete: boolean;
}

interface FileForm<Row> {
  readonly head: string;
  readonly row: (row: Row, isFirst: boolean) => string;
  readonly tail: (written: Written, totalCount: number | null) => string;
}

/**
 * Writes rows until they end or the file is full, and says in the file itself what it does not hold: a table cut off without a word is taken
 * for a whole one. `totalOf` says how many rows there are, when the file cannot hold them all; null: nobody knows.
 */
export async function writeRows<Row extends CsvRow>(
  { rows, columns, format, maxRows, maxBytes }: WrittenTable<Row>,
  write: (text: string) => Promise<void>,
  totalOf: () => number | null
): Promise<Written> {
  const form: FileForm<Row> = format === 'csv' ? csvForm(columns) : jsonForm();
  let written: Written = { rowCount: 0, sizeBytes: 0, isComplete: true };
  await write(form.head);
  for await (const row of rows) {
    const text = form.row(row, written.rowCount === 0);
    const sizeBytes = written.sizeBytes + Buffer.byteLength(text);
    if (written.rowCount === maxRows || sizeBytes > maxBytes) {
      written = { ...written, isComplete: false };
      break;
    }
    await write(text);
    written = { rowCount: written.rowCount + 1, sizeBytes, isComplete: true };
  }
  await write(form.tail(written, written.isComplete ? written.rowCount : totalOf()));
  return written;
}

function csvForm<Row extends CsvRow>(columns: ReadonlyArray<keyof Row & string>): FileForm<Row> {
  return {
    head: `${columns.join(',')}\r\n`,
    row: (row) => `${csvLine(columns.map((name) => row[name] ?? null))}\r\n`,
    // CSV has no other place for a remark.
    tail: (written, totalCount) => (written.isComplete ? '' : `${csvLine([limitText(written, totalCount)])}\r\n`),
  };
}

function jsonForm<Row>(): FileForm<Row> {
  return {
    head: '{"rows":[\n',
    row: (row, isFirst) => `${isFirst ? '' : ',\n'}${JSON.stringify(row)}`,
    tail: ({ rowCount, isComplete }, totalCount) =>
      `\n],"rowCount":${rowCount},"totalCount":${totalCount ?? 'null'},"isComplete":${isComplete}}\n`,
  };
}

function limitText({ rowCount }: Written, totalCount: number | null): string {
  return totalCount === null
    ? `Limit reached: the first ${rowCount} rows, there are more`
    : `Limit reached: ${rowCount} of ${totalCount} rows`;
}
