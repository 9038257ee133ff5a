import * as schema from 'zod';
import type { Database } from './database.ts';

/** Ranks have 31 bits, so a list has at most 32,768 blocks; creation times of years take some thousand. */
const blockOf = (rank: string) => `(${rank} >> 16)`;
/** Booleans are compared without case, as both TRUE and true are documented; other text exactly. */
const comparable = (text: string) =>
  `CASE WHEN lower(${text}) IN ('true', 'false') THEN lower(${text}) ELSE ${text} END`;

/**
 * `place` holds each contact once for every value that finds it. A list is all rows of one field and text, sorted
 * by rank: the time of creation or, where `shuffled` is 1, a number that has nothing to do with it. A shuffled list
 * is made when it is first read.
 *
 * `tally` counts the rows of a list by blocks of ranks, from when the list is first read, so that a page far down is
 * found without passing all rows before it. Blocks are part of the key, because only then are they counted in its
 * order, without sorting.
 */
export const placeTables = `
  CREATE TABLE place (
    shuffled INTEGER, field TEXT, text TEXT, block INTEGER, rank INTEGER, contact INTEGER,
    PRIMARY KEY (shuffled, field, text, block, rank, contact)
  ) WITHOUT ROWID;
  CREATE TABLE tally (
    shuffled INTEGER, field TEXT, text TEXT, block INTEGER, count INTEGER,
    PRIMARY KEY (shuffled, field, text, block)
  ) WITHOUT ROWID;
  CREATE VIEW entry AS
    SELECT 0 AS shuffled, key AS field, ${comparable('text')} AS text, ${blockOf('created_at')} AS block,
      created_at AS rank, number AS contact
    FROM (
      SELECT number, created_at, key, CASE type WHEN 'text' THEN value ELSE custom_fields -> fullkey END AS text
      FROM contact, json_each(custom_fields) WHERE type <> 'null'
    );
`;

const list = '(shuffled, field, text)';
const place = '(shuffled, field, text, block, rank, contact)';

/** A row's place in the shuffled list. The rank is Knuth's multiplicative hash, with 28 bits for 4,096 blocks. */
function shuffledPlace(row: string): string {
  const rank = `((${row}.contact * 2654435761) & 0xfffffff)`;
  return `1, ${row}.field, ${row}.text, ${blockOf(rank)}, ${rank}, ${row}.contact`;
}

/** Keeps what is made when a list is first read. These triggers would slow down the filling of a new database. */
export const placeTriggers = `
  PRAGMA recursive_triggers = ON;
  CREATE TRIGGER IF NOT EXISTS counted AFTER INSERT ON place
  WHEN EXISTS (SELECT 1 FROM tally WHERE ${list} = (new.shuffled, new.field, new.text)) BEGIN
    INSERT INTO tally VALUES (new.shuffled, new.field, new.text, new.block, 1)
      ON CONFLICT DO UPDATE SET count = count + 1;
  END;
  CREATE TRIGGER IF NOT EXISTS discounted AFTER DELETE ON place BEGIN
    UPDATE tally SET count = count - 1
      WHERE ${list} = (old.shuffled, old.field, old.text) AND block = old.block;
  END;
  CREATE TRIGGER IF NOT EXISTS shuffled_in AFTER INSERT ON place
  WHEN new.shuffled = 0 AND EXISTS (SELECT 1 FROM tally WHERE ${list} = (1, new.field, new.text)) BEGIN
    INSERT INTO place VALUES (${shuffledPlace('new')});
  END;
  CREATE TRIGGER IF NOT EXISTS shuffled_out AFTER DELETE ON place WHEN old.shuffled = 0 BEGIN
    DELETE FROM place WHERE ${place} = (${shuffledPlace('old')});
  END;
`;

const totalRow = schema.object({ total: schema.number().nullable() });
const blockRow = schema.object({ block: schema.number(), before: schema.number() });

/** The orders results can come in. Shuffled is stable and has nothing to do with when a contact was created. */
export const ORDERS = ['newest_first', 'oldest_first', 'shuffled'] as const;
export type Order = (typeof ORDERS)[number];

/** What contacts are searched by, and the order of the results. */
export interface Query {
  readonly where: { readonly field: string; readonly value: string };
  readonly order: Order;
}

/** Where contacts stand in the results of searches. */
export class Places {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** Puts contacts into their lists, once their rows are written. */
  add(first: number, last = first): void {
    this.#db.run('INSERT INTO place SELECT * FROM entry WHERE contact BETWEEN ? AND ?', first, last);
  }

  /** Takes a contact out of its lists, before its row changes. */
  remove(contact: number): void {
    this.#db.run(`DELETE FROM place WHERE ${place} IN (SELECT * FROM entry WHERE contact = ?)`, contact);
  }

  /** How many contacts a query finds, and the rows of those from place `from` to before place `to`. */
  find(
    { where: { field, value }, order }: Query,
    from: number,
    to: number,
  ): { total: number; rows: unknown[] } {
    const key = [order === 'shuffled' ? 1 : 0, field, value] as const;
    const total = this.#total(key) ?? this.#count(key);
    if (order !== 'newest_first') return { total, rows: this.#slice(key, from, Math.min(to, total)) };
    return { total, rows: this.#slice(key, Math.max(0, total - to), total - from).reverse() };
  }

  #total(key: Key): number | null {
    const row = this.#db.get(`SELECT sum(count) AS total FROM tally WHERE ${list} = ${given}`, ...key);
    return totalRow.parse(row).total;
  }

  /** Makes a list, where it is shuffled, and its tally. */
  #count(key: Key): number {
    this.#db.atomic(() => {
      if (key[0]) {
        this.#db.run(
          `INSERT INTO place SELECT ${shuffledPlace('place')} FROM place WHERE ${list} = (?1 - 1, ?2, ${comparable('?3')})`,
          ...key,
        );
      }
      this.#db.run(
        `INSERT INTO tally SELECT shuffled, field, text, block, count(*) FROM place WHERE ${list} = ${given} GROUP BY block`,
        ...key,
      );
    });
    return this.#total(key) ?? 0;
  }

  /** The rows of a list from one place to before another, ranks going up. */
  #slice(key: Key, from: number, to: number): unknown[] {
    if (from >= to) return [];
    const { block, before } = blockRow.parse(
      this.#db.get(
        `SELECT block, reached - count AS before FROM
          (SELECT block, count, sum(count) OVER (ORDER BY block) AS reached FROM tally WHERE ${list} = ${given})
          WHERE reached > ?4 ORDER BY block LIMIT 1`,
        ...key,
        from,
      ),
    );
    return this.#db.all(
      `SELECT contact.* FROM
        (SELECT block, rank, contact FROM place WHERE ${list} = ${given} AND block >= ?4
          ORDER BY block, rank, contact LIMIT ?5 OFFSET ?6) AS found
        JOIN contact ON number = found.contact ORDER BY block, rank, number`,
      ...key,
      block,
      to - from,
      from - before,
    );
  }
}

/** A list: whether it is shuffled, its field and the value searched for. */
type Key = readonly [shuffled: number, field: string, value: string];
/** The list that a statement's first three parameters name. */
const given = `(?1, ?2, ${comparable('?3')})`;
