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

  /** Its states between two times, each with its index. */
  between(from: number, to: number): { state: State; index: number }[] {
    const all = this.states.map(({ at, state }, index) => ({ at, state, index }));
    return all.filter(({ at, index }) => at <= to && (this.states[index + 1]?.at ?? to) >= from);
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
  /** How many contacts polls had to find. */
  due = 0;
  private readonly channel: Channel;
  private readonly watch: (item: object) => string;
  private readonly pasts = new Map<string, Past>();
  private hasBegun = true;

  /** `watch` gives what is watched of a contact as the API or a poll gives it. */
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

  /** Judges one poll that Zapier got the answer of, or several that overlapped. */
  judge(polls: Poll[], manner: Manner): void {
    const isLearning = manner.isBeginning || !this.hasBegun;
    this.hasBegun = !isLearning || manner.isCalm;
    if (manner.isBeginning && polls.some(({ fired }) => fired.length > 0))
      this.faults.push('started at once');
    const from = Math.min(...polls.map(({ began }) => began));
    const to = Math.max(...polls.map(({ ended }) => ended));
    for (const [id, past] of this.pasts) {
      const items = polls.flatMap(({ fired, returned }) =>
        returned.filter((item) => item.id === id && fired.includes(id)),
      );
      const starts = items.map((item) => this.watch(item));
      const states = past.between(from, to);
      this.checkReasons(id, past, starts, to);
      if (manner.isCalm) this.checkCalm(id, past, states, starts.length > 0, isLearning);
      else this.loosen(past, states, starts, manner);
    }
  }

  /** Each start has a state of its own for its reason, which came after that of the last start. */
  private checkReasons(id: string, past: Past, starts: string[], to: number): void {
    const reasons = starts.map((start) =>
      past.states.findLastIndex(({ at, state }) => at <= to && state === start),
    );
    for (const reason of reasons.sort((a, b) => a - b)) {
      if (reason <= past.last) this.faults.push(`${id} started again: ${past.states[reason]?.state}`);
      past.last = reason;
    }
  }

  /** A calm poll finds whoever is in another state than the Zap may remember. */
  private checkCalm(
    id: string,
    past: Past,
    states: { state: State; index: number }[],
    hasStarted: boolean,
    isLearning: boolean,
  ) {
    const { state, index = 0 } = states.at(-1) ?? {};
    const isDue = state !== undefined && !past.seen.has(state) && !past.unwritten.has(state) && !isLearning;
    if (isDue) this.due += 1;
    if (isDue && !hasStarted) this.faults.push(`${id} missed: ${state}`);
    if (hasStarted || past.unwritten.has(state)) past.unwritten.clear();
    past.seen = new Set([state]);
    if (isLearning) past.last = Math.max(past.last, index);
  }

  /** Any other poll may have seen a contact or not. */
  private loosen(
    past: Past,
    states: { state: State; index: number }[],
    starts: string[],
    manner: Manner,
  ): void {
    for (const { state } of states) past.seen.add(state);
    if (!manner.isWritten) for (const start of starts) past.unwritten.add(start);
    if (manner.isBeginning) past.last = Math.max(past.last, states[0]?.index ?? 0);
  }

  /** Zapier never got the answer of a poll more than an hour ago: what it saw is not returned any more. */
  excuse({ began, ended }: Poll): void {
    for (const past of this.pasts.values()) {
      for (const { state } of past.between(began, ended)) past.seen.add(state);
    }
  }
}
