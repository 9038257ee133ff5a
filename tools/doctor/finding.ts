interface Answered {
  question: string;
  expected: string;
  found: string;
  /** The consequence for the owner's Zaps. */
  means: string;
}

/** `good`: as expected. `note`: worth knowing. */
interface Harmless extends Answered {
  verdict: 'good' | 'note';
}

/** `bad`: Zaps would break. `open`: the answers do not decide the question. */
interface Actionable extends Answered {
  verdict: 'bad' | 'open';
  /** What the owner should do about it. */
  next: string;
}

/** An answer to one of the doctor's questions. */
export type Finding = Harmless | Actionable;

/** Returns a good or a bad finding. `good` and `bad` are what it means for the owner; `next` is what to do if it is bad. */
export function judge(
  isGood: boolean,
  { good, bad, next, ...finding }: Omit<Answered, 'means'> & { good: string; bad: string; next: string },
): Finding {
  return isGood
    ? { ...finding, means: good, verdict: 'good' }
    : { ...finding, means: bad, verdict: 'bad', next };
}

/** Returns a finding for a question that the API's answers do not decide. */
export function unanswered(finding: Omit<Answered, 'means'>, next: string): Finding {
  return { ...finding, means: 'Nothing yet.', verdict: 'open', next };
}

export const askSupport = 'Ask the support of the platform, and show them this answer.';

/** Questions that could not be asked, and their common reason. */
export interface Unasked {
  questions: readonly string[];
  because: string;
  /** What the owner should do so that they can be asked. */
  next: string;
}

/** Thrown to stop the checks of a group, or all checks if the reason is final. */
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

/** Checks that are made together, and the questions that they answer, in the same order. */
export interface CheckGroup {
  questions: readonly string[];
  /** Yields a finding for each question. Throws CannotAsk if the next question cannot be asked. */
  check(): AsyncIterable<Finding> | Iterable<Finding>;
}
