import type { Fault } from '../sandbox/faults.ts';
import type { Sandbox } from '../sandbox/server.ts';
import type { Changes } from './changes.ts';

/** What the channel can be made to do, by the name that the form sends. */
export const weathers: ReadonlyMap<string, { label: string; fault: Fault }> = new Map([
  ['401', { label: 'Token refused (401)', fault: { status: 401 } }],
  ['403', { label: 'Request refused (403)', fault: { status: 403 } }],
  ['429', { label: 'Too many requests (429)', fault: { status: 429 } }],
  ['500', { label: 'Server error (500)', fault: { status: 500 } }],
  [
    'html',
    {
      label: 'A web page instead of data',
      fault: { status: 200, contentType: 'text/html', body: '<!doctype html><title>Log in</title>' },
    },
  ],
  ['nothing', { label: 'No answer at all', fault: 'hang' }],
  ['slow', { label: 'A slow answer (3 seconds)', fault: { delayMs: 3000 } }],
]);

/** Bad weather to come. Every request to the sandbox, whoever makes it, uses up one. */
export class Weather {
  readonly #sandbox: Sandbox;
  readonly #changes: Changes;
  #waiting: string[] = [];

  constructor(sandbox: Sandbox, changes: Changes) {
    this.#sandbox = sandbox;
    this.#changes = changes;
    sandbox.on(({ type }) => {
      if (type === 'request' && this.#waiting.shift() !== undefined) changes.notify('weather');
    });
  }

  /** The labels of what awaits the next requests, in turn. */
  get forecast(): readonly string[] {
    return this.#waiting;
  }

  /** Adds weather for `count` more requests; a name that is none adds nothing. */
  next(count: number, name: string): void {
    const weather = weathers.get(name);
    if (!weather) return;
    this.#sandbox.failNext(count, weather.fault);
    this.#waiting.push(...Array.from({ length: count }, () => weather.label));
    this.#changes.notify('weather');
  }

  clear(): void {
    this.#sandbox.clearFaults();
    this.#waiting = [];
    this.#changes.notify('weather');
  }
}
