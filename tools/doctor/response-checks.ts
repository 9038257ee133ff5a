import type { Answer } from './client.ts';
import type { CheckGroup, Finding } from './finding.ts';

const limitsQuestion = 'Do answers show rate limits?';
const latencyQuestion = 'How fast are answers?';
const clockQuestion = 'Is its clock right?';

/** Reports the rate limits that the headers of all answers name, and whether a request was refused because of one. */
function rateLimits(answers: Answer[]): Finding {
  const refused = answers.filter(({ status }) => status === 429);
  const headers = new Map(
    answers.flatMap(({ headers }) =>
      [...headers].filter(([name]) => /ratelimit|rate-limit|retry-after/.test(name)),
    ),
  );
  const seen = [...headers].map((pair) => pair.join(': ')).join(', ') || 'no headers';
  return {
    question: limitsQuestion,
    expected: '100 requests a minute, no headers',
    found: `${seen}; ${refused.length} of ${answers.length} requests refused`,
    means:
      refused.length === 0
        ? 'Zapier lets 100 runs a minute through.'
        : 'Other programs use this channel at the same time, or it takes fewer requests: runs will wait and be tried again.',
    verdict: refused.length === 0 ? 'good' : 'note',
  };
}

/** Checks how long answers take. The integration gives up after 10 seconds, so one above 8 is a bad sign. */
function latency(answers: Answer[]): Finding {
  const times = answers.map(({ milliseconds }) => Math.round(milliseconds)).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const slowest = times.at(-1) ?? 0;
  const finding = {
    question: latencyQuestion,
    expected: 'below 1 s, none near 10 s',
    found: `median ${median} ms, slowest ${slowest} ms`,
  };
  if (slowest > 8000) {
    return {
      ...finding,
      means: 'Steps will fail now and then: they give up after 10 seconds.',
      verdict: 'bad',
      next: 'Run the doctor again at another hour. If answers stay slow, ask the support of the platform.',
    };
  }
  return median > 1000
    ? { ...finding, means: 'Steps with many tags or fields may run out of time.', verdict: 'note' }
    : { ...finding, means: 'There is time for everything that a step does.', verdict: 'good' };
}

/** Compares the API's clock with this machine's. */
function clock(answers: Answer[]): Finding {
  const skews = answers.flatMap(({ clockAhead }) => clockAhead ?? []).sort((a, b) => a - b);
  const skew = skews[Math.floor(skews.length / 2)];
  const finding = { question: clockQuestion, expected: 'within a minute of this machine' };
  if (skew === undefined) {
    return {
      ...finding,
      found: 'no Date header',
      means: 'New Contact uses the clock of Zapier.',
      verdict: 'note',
    };
  }
  const found = `${Math.round(Math.abs(skew))} s ${skew < 0 ? 'behind' : 'ahead'}`;
  return Math.abs(skew) > 60
    ? {
        ...finding,
        found,
        means:
          'Creation times look wrong beside other apps. New Contact compares them with the clock of the API, so it is not misled.',
        verdict: 'note',
      }
    : { ...finding, found, means: 'Creation times can be trusted.', verdict: 'good' };
}

/** Checks of rate limits, speed and clock. They come last, because they read the answers to all other checks. */
export function responseChecks(answers: Answer[]): CheckGroup {
  return {
    questions: [limitsQuestion, latencyQuestion, clockQuestion],
    check: () => [rateLimits(answers), latency(answers), clock(answers)],
  };
}
