import type { DatabaseSync } from 'node:sqlite';
import * as schema from 'zod';

/** Hides Node 22's warning that node:sqlite is experimental: whoever starts the sandbox can do nothing about it. */
function loadSqlite() {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}

const sqlite = loadSqlite();
const stateRow = schema.object({ version: schema.number(), tables: schema.number() });

/** Opens or creates a file. Throws if it cannot be opened, is in use, or holds anything but this version's tables. */
export function openDatabase(file: string, version: number): { db: DatabaseSync; isNew: boolean } {
  let db: DatabaseSync | undefined;
  try {
    db = new sqlite.DatabaseSync(file);
    // Writes are fast without synchronisation, and they still survive the end of the process. The first transaction takes
    // the lock, which keeps a second sandbox out until the file is closed.
    db.exec('PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    const state = stateRow.parse(
      db
        .prepare(
          'SELECT user_version AS version, (SELECT count(*) FROM sqlite_schema) AS tables FROM pragma_user_version',
        )
        .get(),
    );
    const isNew = state.tables === 0;
    if (!isNew && state.version !== version) throw new Error('no file of this version of the sandbox');
    return { db, isNew };
  } catch (error) {
    db?.close();
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The data file ${file} cannot be used: ${reason}.`, { cause: error });
  }
}
