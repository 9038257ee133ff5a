import { styleText } from 'node:util';
import { wrap } from '../scripts/wrap.ts';
import type { ToldStep } from './telling.ts';

// The demo prints lines of at most 80 columns: in colour and with marks in a terminal, in plain text elsewhere.

const width = 80;
const indent = '    ';

/** True if styleText colours: in a terminal without NO_COLOR, or with FORCE_COLOR. */
const isStyled = () => styleText('green', 'text') !== 'text';

function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}

/** Returns a path below /api/v1 and its query as people read them: `/contact/by_custom_field phone=+1 202 555 0143`. */
function shortPath(path: string): string {
  const { pathname, searchParams } = new URL(path, 'http://127.0.0.1');
  const { name, value, ...others } = Object.fromEntries(searchParams);
  const match = name === undefined ? [] : [`${name}=${value}`];
  const query = [...match, ...Object.entries(others).map(([key, text]) => `${key}=${text}`)];
  return [decodeURIComponent(pathname.replace('/api/v1', '')), ...query].join(' ');
}

function requestLine({ method, path, status, ms }: ToldStep['requests'][number]): string {
  const figures = `${status ?? '–'}`.padStart(5) + `${Math.round(ms)} ms`.padStart(9);
  const room = width - indent.length - 'DELETE '.length - figures.length;
  return `${indent}${method.padEnd(7)}${cut(shortPath(path), room).padEnd(room)}${figures}`;
}

export function beginLines(): string[] {
  return wrap(
    'This runs the integration as Zapier does, on a sandbox of the channel platform on this machine. Below each step ' +
      'are its requests to the platform and its result.',
    width,
  );
}

export function chapterLines(number: number, name: string): string[] {
  return ['', styleText('bold', `${number}. ${name}`)];
}

/** Returns the lines of a step: its name, its requests, and the one fact of its result that matters. */
export function stepLines({ step, isExpected, fact, requests }: ToldStep): string[] {
  const mark = isExpected ? styleText('green', '✓ ') : styleText('red', '✗ ');
  const [said = '', ...rest] = wrap(isExpected ? step : `Not as expected: ${step}`, width - 2);
  const [first = '', ...more] = wrap(fact, width - indent.length - 2);
  return [
    '',
    `${isStyled() ? mark : ''}${said}`,
    ...rest,
    ...requests.map((request) => styleText('dim', requestLine(request))),
    ...[`→ ${first}`, ...more.map((line) => `  ${line}`)].map(
      (line) => indent + styleText(isExpected ? 'cyan' : 'red', line),
    ),
  ];
}

/** Returns the closing lines: a summary, and commands to try next. */
export function endLines(steps: readonly ToldStep[], seconds: number): string[] {
  const requests = steps.reduce((sum, step) => sum + step.requests.length, 0);
  const shown =
    'Shown: a channel is connected, a form becomes one contact however its phone is written, that contact is tagged and ' +
    `written to, and a new contact starts a Zap once: ${steps.length} steps and ${requests} requests in ` +
    `${seconds.toFixed(1)} s, all on this machine.`;
  return [
    '',
    ...wrap(shown, width),
    '',
    'Next:',
    `  npm start       ${styleText('dim', 'the same in your browser: choose a recipe and watch it run')}`,
    `  npm run doctor  ${styleText('dim', 'examines a real channel with its token (-- --help)')}`,
    `  README.md       ${styleText('dim', 'connect a real channel: put the integration on Zapier')}`,
  ];
}
