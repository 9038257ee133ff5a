/** Handles stay below this, so that a rank (31 bits) and a handle fit one exact number. */
export const MAX_HANDLES = 2 ** 22;
/** Ranks stay below this. Unix seconds do until 2038. */
export const MAX_RANK = 2 ** 31;

export interface Entry {
  readonly value: string;
  readonly rank: number;
  readonly handle: number;
}

/**
 * Handles by value, each list sorted by rank, then handle. A list holds numbers that carry both, so that a
 * million take 8 MB, sort natively, and one more goes in by a binary search.
 */
export class FieldIndex {
  readonly #lists = new Map<string, number[]>();

  constructor(entries: Iterable<Entry>) {
    for (const entry of entries) this.#list(entry.value).push(keyOf(entry));
    for (const [value, keys] of this.#lists)
      this.#lists.set(value, Array.from(Float64Array.from(keys).sort()));
  }

  total(value: string): number {
    return this.#lists.get(value)?.length ?? 0;
  }

  slice(value: string, from: number, to: number): number[] {
    const keys = this.#lists.get(value)?.slice(Math.max(0, from), Math.max(0, to)) ?? [];
    return keys.map((key) => key % MAX_HANDLES);
  }

  /** Does nothing when the entry is there already. */
  insert(entry: Entry): void {
    const keys = this.#list(entry.value);
    const key = keyOf(entry);
    const place = placeOf(keys, key);
    if (keys[place] !== key) keys.splice(place, 0, key);
  }

  /** Does nothing when the entry is not there. */
  remove(entry: Entry): void {
    const keys = this.#list(entry.value);
    const key = keyOf(entry);
    const place = placeOf(keys, key);
    if (keys[place] === key) keys.splice(place, 1);
    if (keys.length === 0) this.#lists.delete(entry.value);
  }

  #list(value: string): number[] {
    const keys = this.#lists.get(value) ?? [];
    this.#lists.set(value, keys);
    return keys;
  }
}

function keyOf({ rank, handle }: Entry): number {
  return rank * MAX_HANDLES + handle;
}

/** Where a key stands in a sorted list, or would stand. */
function placeOf(keys: readonly number[], key: number): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? key) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
