import type { SQLInputValue, StatementSync } from 'node:sqlite';
import * as schema from 'zod';

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

const stateRow = schema.object({ version: schema.number(), objects: schema.number() });

/**
 * Opens a file, or makes it. Throws where it cannot be opened, is in use, or holds something else than tables of this
 * version.
 */
function open(file: string, version: number) {
  let db: InstanceType<typeof DatabaseSync> | undefined;
  try {
    db = new DatabaseSync(file);
    // Without synchronisation writes are fast; what is written survives the end of the process all the same.
    db.exec('PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY');
    // The first transaction takes the lock, which keeps a second sandbox out until the file is closed.
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    const state = stateRow.parse(
      db
        .prepare(
          'SELECT user_version AS version, (SELECT count(*) FROM sqlite_schema) AS objects FROM pragma_user_version',
        )
        .get(),
    );
    const isNew = state.objects === 0;
    if (!isNew && state.version !== version) throw new Error('no file of this version of the sandbox');
    return { db, isNew };
  } catch (error) {
    db?.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The data file ${file} cannot be used: ${reason}.`, { cause: error });
  }
}

/** A SQLite database, with each of its statements prepared once. */
export class Database {
  /** Whether it has no tables yet. */
  readonly isNew: boolean;
  readonly #db: InstanceType<typeof DatabaseSync>;
  readonly #statements = new Map<string, StatementSync>();

  /** `version` changes with the tables: a file with another one is refused. Without a file, all is in memory. */
  constructor(file = ':memory:', version: number) {
    const { db, isNew } = open(file, version);
    this.#db = db;
    this.isNew = isNew;
  }

  /** Runs statements that take no values. */
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

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }
}
