import { html } from 'hono/html';
import type { FailedRun } from '../../zapier/runner.ts';
import { count, type Html } from './html.ts';

interface Kind {
  title: string;
  tone: string;
  /** Returns what Zapier does about the failure. */
  meaning: (failure: FailedRun) => string;
}

const error: Kind = {
  title: 'Error',
  tone: 'bad',
  meaning: () => 'Zapier shows this run as failed. If too many runs fail, it switches the Zap off.',
};

/** What a Zap's owner sees, by the error's class. */
const kinds: Record<string, Kind> = {
  HaltedError: {
    title: 'Halted',
    tone: 'wait',
    meaning: () => 'Zapier stops this run here. The Zap stays on.',
  },
  ThrottledError: {
    title: 'Throttled',
    tone: 'wait',
    meaning: ({ delay }) =>
      `Zapier holds this run and tries again in ${delay === undefined ? 'a while' : count(delay, 'second')}.`,
  },
  ExpiredAuthError: {
    title: 'Reconnect',
    tone: 'bad',
    meaning: () => 'Zapier holds the Zap and asks its owner to connect the channel again.',
  },
};

export function kindOf(failure: FailedRun): Kind {
  return kinds[failure.kind] ?? error;
}

/** The parts that users can test in Zapier's editor. A test affects no Zap. */
export type Tested = 'connection' | 'trigger';

/** Draws a failure as a Zap's owner sees it, or as the user sees it in a test. */
export function failureCard(failure: FailedRun, tested?: Tested): Html {
  const { meaning, tone } = kindOf(failure);
  const note = tested
    ? `Zapier shows this to whoever tests the ${tested}. No Zap has run.`
    : meaning(failure);
  return html`<div class="failure ${tone}"><p class="sentence">${failure.sentence}</p>
    <p class="note">${note}</p></div>`;
}
