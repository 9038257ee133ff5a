import type { Finding } from './finding.ts';
import type { Answer } from './probe.ts';

/** What the headers of all answers tell of rate limits. */
export function rateLimits(answers: Answer[]): Finding {
  const refused = answers.filter(({ status }) => status === 429);
  const headers = new Map(
    answers.flatMap(({ headers }) =>
      [...headers].filter(([name]) => /ratelimit|rate-limit|retry-after/.test(name)),
    ),
  );
  return {
    question: 'Are there rate limits to be seen?',
    expected: '100 requests a minute, no headers',
    found: `${[...headers].map((pair) => pair.join(': ')).join(', ') || 'no headers'}; ${refused.length} of ${answers.length} requests refused`,
    means:
      refused.length === 0
        ? 'Zapier lets 100 runs a minute through.'
        : 'Other programs use this channel at the same time, or it takes fewer requests: runs will wait and be tried again.',
    verdict: refused.length === 0 ? 'good' : 'note',
  };
}

/** How long answers take. A request gives up after ten seconds. */
export function latency(answers: Answer[]): Finding {
  const times = answers.map(({ milliseconds }) => Math.round(milliseconds)).sort((a, b) => a - b);
  const median = times[Math.floor(times.length / 2)] ?? 0;
  const slowest = times.at(-1) ?? 0;
  return {
    question: 'How fast are answers?',
    expected: 'below 1 s, none near 10 s',
    found: `median ${median} ms, slowest ${slowest} ms`,
    means:
      slowest > 8000
        ? 'Steps will fail now and then: they give up after 10 seconds.'
        : median > 1000
          ? 'Steps with many tags or fields may run out of time.'
          : 'There is time for everything that a step does.',
    verdict: slowest > 8000 ? 'bad' : median > 1000 ? 'note' : 'good',
  };
}

/** How far the API's clock is from this machine's. */
export function clock(answers: Answer[]): Finding {
  const skews = answers.flatMap(({ clockAhead }) => clockAhead ?? []).sort((a, b) => a - b);
  const skew = skews[Math.floor(skews.length / 2)];
  const isFar = Math.abs(skew ?? 0) > 60;
  return {
    question: 'Is its clock right?',
    expected: 'within a minute of this machine',
    found:
      skew === undefined
        ? 'no Date header'
        : `${Math.round(Math.abs(skew))} s ${skew < 0 ? 'behind' : 'ahead'}`,
    means: isFar
      ? 'Times of creation look wrong beside other apps; New Contact goes by the clock of the API and is not misled.'
      : skew === undefined
        ? 'New Contact goes by the clock of Zapier.'
        : 'Times of creation can be trusted.',
    verdict: isFar || skew === undefined ? 'note' : 'good',
  };
}

/** Where the links of a page point to. They are never followed. */
export function links({ data }: Answer, host: string): Finding {
  const { first, next, last } = Object(Object(data).links);
  const link = URL.parse(String(next ?? last ?? first));
  const oddities = link && [
    ...(link.protocol === 'https:' ? [] : ['plain http']),
    ...(link.host === host ? [] : [`another host (${link.host})`]),
    ...(link.searchParams.has('name') ? [] : ['without the filter']),
  ];
  return {
    question: 'Where do links point?',
    expected: 'plain http, without the filter',
    found: oddities ? oddities.join(', ') || 'to the same list, over https' : 'no links',
    means: 'Nothing: links are never followed, so the token goes nowhere with them.',
    verdict: 'good',
  };
}
