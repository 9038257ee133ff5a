/** How many contacts a chunk has at most when it is filled in order, and half of what it has when it is split. */
const CHUNK = 1000;
/** Stands between the texts of two contacts. */
const BETWEEN = '\0';

/** Contacts that follow each other in time, and their texts one behind the other. */
interface Chunk {
  times: number[];
  numbers: number[];
  /** Where in `text` that of each contact begins. */
  starts: number[];
  text: string;
}

function chunkOf(times: number[], numbers: number[], texts: readonly string[]): Chunk {
  const starts: number[] = [];
  let start = 0;
  for (const text of texts) {
    starts.push(start);
    start += text.length + BETWEEN.length;
  }
  return { times, numbers, starts, text: texts.join(BETWEEN) };
}

function textAt({ starts, text }: Chunk, place: number): string {
  const next = starts[place + 1];
  return text.slice(starts[place], next === undefined ? undefined : next - BETWEEN.length);
}

const textsOf = (chunk: Chunk) => chunk.starts.map((_, place) => textAt(chunk, place));
const joined = (chunk: Chunk) => chunkOf(chunk.times, chunk.numbers, textsOf(chunk));

/** The first place of a sorted list for which a condition holds; its length where there is none. */
function firstPlace(length: number, holds: (place: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The place in a chunk that a contact has, or would have. */
function placeIn({ times, numbers }: Chunk, time: number, number: number): number {
  return firstPlace(times.length, (place) => {
    const other = times[place] ?? 0;
    return other > time || (other === time && (numbers[place] ?? 0) >= number);
  });
}

/** The numbers of a chunk's contacts whose texts hold another text, newest first. */
function foundIn(chunk: Chunk, wanted: string): number[] {
  const found: number[] = [];
  const { starts, numbers, text } = chunk;
  for (let from = 0; from <= text.length; ) {
    const at = text.indexOf(wanted, from);
    if (at < 0) break;
    const next = firstPlace(starts.length, (place) => (starts[place] ?? 0) > at);
    const number = numbers[next - 1];
    // A text that is searched for may hold what stands between two contacts.
    if (number !== undefined && textAt(chunk, next - 1).includes(wanted)) found.push(number);
    from = starts[next] ?? text.length + 1;
  }
  return found.reverse();
}

/**
 * The texts of all contacts, in the order of their creation. A search looks through them in memory, where a thousand texts
 * are one: row by row in the database, a million would take five times as long.
 */
export class Texts {
  readonly #chunks: Chunk[] = [chunkOf([], [], [])];

  add(time: number, number: number, text: string): void {
    const index = this.#indexOf(time, number);
    const chunk = this.#chunks[index];
    if (!chunk) return;
    const place = placeIn(chunk, time, number);
    const isLast = place === chunk.numbers.length;
    if (isLast && index === this.#chunks.length - 1 && place > 0) {
      if (place < CHUNK) append(chunk, time, number, text);
      // What was appended piece by piece is joined anew: its first search would take five times as long.
      else this.#chunks.splice(index, 1, joined(chunk), chunkOf([time], [number], [text]));
      return;
    }
    this.#replace(index, place, 0, [[time, number, text]]);
  }

  remove(time: number, number: number): void {
    const index = this.#indexOf(time, number);
    const chunk = this.#chunks[index];
    const place = chunk ? placeIn(chunk, time, number) : 0;
    if (chunk?.numbers[place] === number) this.#replace(index, place, 1, []);
  }

  /** The numbers of the contacts that hold a text, newest first, after every chunk of those looked through. */
  *search(wanted: string): Generator<number[]> {
    for (const chunk of this.#chunks.toReversed()) yield foundIn(chunk, wanted);
  }

  /** The chunk that a contact is in, or would be: the last one that begins before it, or the first. */
  #indexOf(time: number, number: number): number {
    const after = firstPlace(this.#chunks.length, (index) => {
      const chunk = this.#chunks[index];
      return chunk !== undefined && chunk.numbers.length > 0 && placeIn(chunk, time, number + 1) === 0;
    });
    return Math.max(0, after - 1);
  }

  /** Writes a chunk anew, in two where it has become too large. */
  #replace(index: number, place: number, removed: number, added: [number, number, string][]): void {
    const chunk = this.#chunks[index];
    if (!chunk) return;
    const times = chunk.times.toSpliced(place, removed, ...added.map(([time]) => time));
    const numbers = chunk.numbers.toSpliced(place, removed, ...added.map(([, number]) => number));
    const texts = textsOf(chunk).toSpliced(place, removed, ...added.map(([, , text]) => text));
    const halves = times.length > 2 * CHUNK ? [0, CHUNK] : [0];
    const parts = halves.map((from, half) => {
      const to = halves[half + 1];
      return chunkOf(times.slice(from, to), numbers.slice(from, to), texts.slice(from, to));
    });
    // An empty chunk would have no first contact to be found by.
    const isNeeded = times.length > 0 || this.#chunks.length === 1;
    this.#chunks.splice(index, 1, ...(isNeeded ? parts : []));
  }
}

function append(chunk: Chunk, time: number, number: number, text: string): void {
  chunk.times.push(time);
  chunk.numbers.push(number);
  chunk.starts.push(chunk.text.length + BETWEEN.length);
  chunk.text += BETWEEN + text;
}
