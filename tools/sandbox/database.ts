import type { SQLInputValue, StatementSync } from 'node:sqlite';

const { DatabaseSync } = loadSqlite();

/** Node 22 warns that node:sqlite is experimental. Whoever starts the sandbox can do nothing about it. */
function loadSqlite() {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

/** Another number means that the tables have changed, and that files written before cannot be read. */
const VERSION = 1;

/** A SQLite database, with its statements prepared once. */
export class Database {
  readonly isNew: boolean;
  readonly #db;
  readonly #statements = new Map<string, StatementSync>();

  /**
   * Opens a file, or makes it with these tables. Without a file, the database is in memory.
   * Throws where the file cannot be opened, is in use, or holds something else.
   */
  constructor(file: string | undefined, tables: string) {
    this.#db = new DatabaseSync(file ?? ':memory:');
    try {
      // An exclusive lock keeps a second sandbox out. Without synchronisation, filling a new file is fast.
      this.#db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY');
      const { version, objects } = this.#state();
      this.isNew = objects === 0;
      if (this.isNew) this.#db.exec(`${tables}; PRAGMA user_version = ${VERSION}`);
      else if (version !== VERSION) throw new Error('It was not written by this version of the sandbox.');
    } catch (error) {
      this.#db.close();
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`The data file ${file} cannot be used. ${reason}`, { cause: error });
    }
  }

  exec(sql: string): void {
    this.#db.exec(sql);
  }

  /** Runs a statement and returns the number of the row that it inserted last. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#statement(sql).run(...values).lastInsertRowid);
  }

  /** The first row. */
  get(sql: string, ...values: SQLInputValue[]): unknown {
    return this.#statement(sql).get(...values);
  }

  /** Every row. */
  all(sql: string, ...values: SQLInputValue[]): unknown[] {
    return this.#statement(sql).all(...values);
  }

  /** Does all of the work, or nothing of it where it throws. */
  atomic<Result>(work: () => Result): Result {
    this.#db.exec('BEGIN');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  /** Closes the file. What is in memory stays, for requests that have not ended. */
  close(): void {
    if (this.#db.isOpen && this.#db.location() !== null) this.#db.close();
  }

  #state() {
    return (
      this.#db
        .prepare(
          'SELECT user_version AS version, (SELECT count(*) FROM sqlite_schema) AS objects FROM pragma_user_version',
        )
        .get() ?? {}
    );
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }
}
