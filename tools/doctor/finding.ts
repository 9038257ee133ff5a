interface Answered {
  question: string;
  expected: string;
  found: string;
  /** What it means for the owner's Zaps. */
  means: string;
}

/** `good`: as expected. `note`: worth knowing. */
interface Harmless extends Answered {
  verdict: 'good' | 'note';
}

/** `bad`: it would break Zaps. `open`: what was found does not tell. */
interface Actionable extends Answered {
  verdict: 'bad' | 'open';
  /** What the owner does about it. */
  next: string;
}

/** An answer to one of the doctor's questions. */
export type Finding = Harmless | Actionable;

/** A finding that is either good or bad, with what each means and what to do about the bad one. */
export function judge(
  isGood: boolean,
  { good, bad, next, ...finding }: Omit<Answered, 'means'> & { good: string; bad: string; next: string },
): Finding {
  return isGood
    ? { ...finding, means: good, verdict: 'good' }
    : { ...finding, means: bad, verdict: 'bad', next };
}

/** A finding that does not answer its question yet. */
export function unanswered(finding: Omit<Answered, 'means'>, next: string): Finding {
  return { ...finding, means: 'Nothing yet.', verdict: 'open', next };
}

export const askSupport = 'Ask the support of the platform, and show them this answer.';

/** Questions that could not be asked, with the one reason for all of them. */
export interface Unasked {
  questions: readonly string[];
  because: string;
  /** What the owner does so that they can be asked. */
  next: string;
}

/** Stops the checks of a group, or all of them where the reason is final. */
export class CannotAsk extends Error {
  readonly next: string;
  readonly isFinal: boolean;

  /** `because` is a clause without a full stop. */
  constructor(because: string, next: string, isFinal = true) {
    super(because);
    this.next = next;
    this.isFinal = isFinal;
  }
}

/** Checks that are made together, and the questions that they answer, in their order. */
export interface CheckGroup {
  questions: readonly string[];
  /** Gives a finding for each question. Throws CannotAsk where it cannot go on. */
  check(): AsyncIterable<Finding> | Iterable<Finding>;
}
