import type { Channel } from '../../support/channel-model.ts';
import type { Poll } from '../../support/zap-model.ts';

/** The watched values of a contact as text, or undefined while it has none of the Zap's values. */
type State = string | undefined;

/** A state that a contact has had, the time when it began, and the number of states before it. */
type Moment = { at: number; state: State; index: number };

/** The history of one contact, and the states that the Zap may remember. */
class Past {
  readonly moments: Moment[] = [{ at: Number.NEGATIVE_INFINITY, state: undefined, index: 0 }];
  /** States that the Zap may remember. `unwritten` are states that started the Zap but may not have been saved. */
  readonly seen = new Set<State>([undefined]);
  readonly unwritten = new Set<State>();
  /** The index of the state that last started the Zap, or that the contact had when the Zap began. */
  last = 0;

  between(from: number, to: number): Moment[] {
    return this.moments.filter(({ at, index }) => at <= to && (this.moments[index + 1]?.at ?? to) >= from);
  }

  learn(moments: Moment[], isBeginning: boolean, unwritten: State[]): void {
    for (const { state } of moments) this.seen.add(state);
    for (const state of unwritten) this.unwritten.add(state);
    if (isBeginning) this.last = Math.max(this.last, moments[0]?.index ?? 0);
  }
}

/** The circumstances of one poll, or of several that overlapped. */
export interface Manner {
  /** True if the Zap is being switched on or has lost its memory. */
  isBeginning: boolean;
  /** True if one poll read everything, nothing changed meanwhile, and its memory was saved (`isWritten` is true). */
  isCalm: boolean;
  isWritten: boolean;
}

/** Records all states of all contacts. It can therefore tell which starts a Zap missed and which had no reason. */
export class Oracle {
  /** The mistakes of the Zap, each as a text that a failed test prints. */
  readonly faults: string[] = [];
  /** How many starts were due. If it stays low, the histories test too little. */
  due = 0;
  private readonly channel: Channel;
  private readonly watch: (item: object) => string;
  private readonly pasts = new Map<string, Past>();
  private hasBegun = true;

  /** `watch` returns the watched values of a contact as text. It takes contacts from the API and from a poll. */
  constructor(channel: Channel, watch: (item: object) => string) {
    this.channel = channel;
    this.watch = watch;
  }

  /** Records the channel's current state. It must be called at the beginning and after every event. */
  look(): void {
    for (const { id, values, fields, tags } of this.channel.people) {
      const past = this.pasts.get(id) ?? new Past();
      const [zap] = values;
      const state = zap === undefined ? undefined : this.watch({ custom_fields: { zap, ...fields }, tags });
      const { length } = past.moments;
      if (past.moments[length - 1]?.state !== state)
        past.moments.push({ at: this.channel.now, state, index: length });
      this.pasts.set(id, past);
    }
  }

  /** Compares one poll, or several that overlapped, with the recorded states and adds the mistakes to `faults`. */
  judge(polls: Poll[], { isBeginning, isCalm, isWritten }: Manner): void {
    const isLearning = isBeginning || !this.hasBegun;
    this.hasBegun = !isLearning || isCalm;
    const from = Math.min(...polls.map(({ began }) => began));
    const to = Math.max(...polls.map(({ ended }) => ended));
    const started = polls.flatMap(({ fired, returned }) => returned.filter(({ id }) => fired.includes(id)));
    if (isBeginning && started.length > 0) this.faults.push('started without a memory');
    for (const [id, past] of this.pasts) {
      const starts = started.filter((item) => item.id === id).map((item) => this.watch(item));
      const moments = past.between(from, to);
      this.checkReasons(id, past, starts, moments);
      const state = moments.at(-1)?.state;
      if (isCalm && !this.hasFound(past, state, starts, isLearning))
        this.faults.push(`${id} missed: ${state}`);
      past.learn(moments, isCalm ? isLearning : isBeginning, isWritten ? [] : starts);
    }
  }

  /** Each start needs its own state as a reason. That state must be later than the reason of the previous start. */
  private checkReasons(id: string, past: Past, starts: string[], moments: Moment[]): void {
    const reasonOf = (start: string) =>
      moments.find(({ state, index }) => index > past.last && state === start);
    const order = (start: string) => reasonOf(start)?.index ?? 0;
    for (const start of starts.toSorted((a, b) => order(a) - order(b))) {
      const reason = reasonOf(start);
      if (!reason) this.faults.push(`${id} started again: ${start}`);
      past.last = reason?.index ?? past.last;
    }
  }

  /** False if a calm poll did not start the Zap although the contact's state is new to it. */
  private hasFound(past: Past, state: State, starts: string[], isLearning: boolean): boolean {
    const isNew = state !== undefined && !past.seen.has(state) && !past.unwritten.has(state);
    const isDue = isNew && !isLearning;
    if (isDue) this.due += 1;
    if (starts.length > 0 || past.unwritten.has(state)) past.unwritten.clear();
    past.seen.clear();
    return !isDue || starts.length > 0;
  }
}
