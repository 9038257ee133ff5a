import type { Channel } from '../../support/channel-model.ts';
import type { Poll } from '../../support/zap-model.ts';

/** What is watched of a contact, as a text; undefined while it has no watched value. */
type State = string | undefined;

/** What an oracle knows of a contact. */
class Past {
  /** Its states, and since when. */
  readonly states: { at: number; state: State }[] = [{ at: Number.NEGATIVE_INFINITY, state: undefined }];
  /** The states in which the Zap may remember it, and those that started the Zap and may not be remembered. */
  seen = new Set<State>([undefined]);
  readonly unwritten = new Set<State>();
  /** Which of its states was the last to start the Zap, or was there when the Zap began. */
  last = 0;

  between(from: number, to: number): { state: State; index: number }[] {
    const all = this.states.map(({ at, state }, index) => ({ at, state, index }));
    return all.filter(({ at, index }) => at <= to && (this.states[index + 1]?.at ?? to) >= from);
  }

  learn(states: { state: State; index: number }[], isBeginning: boolean, unwritten: State[]): void {
    for (const { state } of states) this.seen.add(state);
    for (const state of unwritten) this.unwritten.add(state);
    if (isBeginning) this.last = Math.max(this.last, states[0]?.index ?? 0);
  }
}

/** How polls went. */
export interface Manner {
  /** The Zap was switched on, or its memory was lost. */
  isBeginning: boolean;
  /** One poll read everything while nothing happened, and remembered it. */
  isCalm: boolean;
  isWritten: boolean;
}

/** Knows what a channel was like at any time, and so whom a Zap missed, and for whom it started without a reason. */
export class Oracle {
  /** What a Zap did wrong. */
  readonly faults: string[] = [];
  /** How many starts there had to be. */
  due = 0;
  private readonly channel: Channel;
  private readonly watch: (item: object) => string;
  private readonly pasts = new Map<string, Past>();
  private hasBegun = true;

  /** `watch` returns what is watched of a contact as the API or a poll returns it. */
  constructor(channel: Channel, watch: (item: object) => string) {
    this.channel = channel;
    this.watch = watch;
  }

  /** Looks at the channel: at the beginning, and after everything that happens. */
  look(): void {
    for (const { id, values, fields, tags } of this.channel.people) {
      const past = this.pasts.get(id) ?? new Past();
      const [zap] = values;
      const state = zap === undefined ? undefined : this.watch({ custom_fields: { zap, ...fields }, tags });
      if (past.states.at(-1)?.state !== state) past.states.push({ at: this.channel.now, state });
      this.pasts.set(id, past);
    }
  }

  /** Judges one poll, or several that overlapped. */
  judge(polls: Poll[], { isBeginning, isCalm, isWritten }: Manner): void {
    const isLearning = isBeginning || !this.hasBegun;
    this.hasBegun = !isLearning || isCalm;
    const from = Math.min(...polls.map(({ began }) => began));
    const to = Math.max(...polls.map(({ ended }) => ended));
    const started = polls.flatMap(({ fired, returned }) => returned.filter(({ id }) => fired.includes(id)));
    if (isBeginning && started.length > 0) this.faults.push('started without a memory');
    for (const [id, past] of this.pasts) {
      const starts = started.filter((item) => item.id === id).map((item) => this.watch(item));
      const states = past.between(from, to);
      this.checkReasons(id, past, starts, states);
      if (isCalm && !this.hasFound(past, states.at(-1)?.state, starts) && !isLearning) {
        this.faults.push(`${id} missed: ${states.at(-1)?.state}`);
      }
      past.learn(states, isCalm ? isLearning : isBeginning, isWritten ? [] : starts);
    }
  }

  /** Each start has a state of its own for its reason, which came after that of the last start. */
  private checkReasons(
    id: string,
    past: Past,
    starts: string[],
    states: { state: State; index: number }[],
  ): void {
    const reasonOf = (start: string) =>
      states.find(({ state, index }) => index > past.last && state === start);
    const order = (start: string) => reasonOf(start)?.index ?? 0;
    for (const start of starts.sort((a, b) => order(a) - order(b))) {
      const reason = reasonOf(start);
      if (!reason) this.faults.push(`${id} started again: ${start}`);
      past.last = reason?.index ?? past.last;
    }
  }

  /** Whether a calm poll started the Zap for a contact if it is in another state than the Zap may remember. */
  private hasFound(past: Past, state: State, starts: string[]): boolean {
    const isDue = state !== undefined && !past.seen.has(state) && !past.unwritten.has(state);
    if (isDue) this.due += 1;
    if (starts.length > 0 || past.unwritten.has(state)) past.unwritten.clear();
    past.seen.clear();
    return !isDue || starts.length > 0;
  }
}
