/** What a cell may hold; objects are written as JSON. */
type Cell = string | number | null | Readonly<Record<string, string>>;

/** Columns of a table, each with a name. */
export type CsvRow = Readonly<Record<string, Cell>>;

// Spreadsheets take these for the beginning of a formula, which may call programs (OWASP, "CSV Injection").
const formulaStart = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** The rows as lines of CSV (RFC 4180), the names first. */
export async function* toCsv<Row extends CsvRow>(
  rows: AsyncIterable<Row>,
  names: ReadonlyArray<keyof Row & string>
): AsyncGenerator<string> {
  yield names.join(',');
  for await (const row of rows) {
    yield csvLine(names.map((name) => row[name] ?? null));
  }
}

/** One line of CSV, without its end. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(writeCell).join(',');
}

function writeCell(value: Cell): string {
  if (typeof value === 'number') {
    return String(value);
  }
  const text = value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value);
  const safe = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
