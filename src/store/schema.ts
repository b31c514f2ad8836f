/** The tables of the home directory's database; their triggers keep history from being rewritten. */

/** Grows with every change of the tables; a database with a higher number is of a newer release. */
export const SCHEMA_VERSION = 1;

/** "Tstm": how file tools tell our databases from others. */
export const APPLICATION_ID = 0x5473746d;

/** Rows hold what the port was given, as JSON, and a checksum over it and its place. */
const ROWS = `
  batch TEXT NOT NULL REFERENCES batches (id),
  number INTEGER NOT NULL,
  body TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  PRIMARY KEY (batch, number)`;

export const SCHEMA: string = `
CREATE TABLE batches (
  id TEXT PRIMARY KEY,
  number INTEGER UNIQUE NOT NULL,
  body TEXT NOT NULL,
  checksum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE transitions (${ROWS}) STRICT, WITHOUT ROWID;
CREATE TABLE transactions (${ROWS}) STRICT, WITHOUT ROWID;
${["batches", "transitions", "transactions"].map(keepRows).join("")}`;

function keepRows(table: string): string {
  return ["UPDATE", "DELETE"]
    .map(
      (act) => `CREATE TRIGGER ${table}_no_${act.toLowerCase()} BEFORE ${act} ON ${table}
BEGIN SELECT RAISE(ABORT, 'rows of ${table} are never changed'); END;
`,
    )
    .join("");
}
