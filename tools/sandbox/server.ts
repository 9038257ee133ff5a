import { createApi } from './api.ts';
import { type Fault, Faults } from './faults.ts';
import { type Listening, listen } from './listen.ts';
import { type LoggedRequest, RequestLog } from './log.ts';
import type { Settings } from './settings.ts';
import { Store, type StoreEvent } from './store.ts';

export interface SandboxOptions extends Partial<Settings> {
  /** The port to listen on; 0, the default, is any free one. */
  readonly port?: number;
  /** How many contacts there are to begin with. A data file that has contacts keeps those. */
  readonly contacts?: number;
  /** The file that keeps contacts and messages from one start to the next; without one they are in memory. */
  readonly data?: string | undefined;
  /** The clock of contacts and messages, in Unix seconds. Rate limits use the real one. */
  readonly now?: () => number;
}

export type SandboxEvent =
  | StoreEvent
  | { readonly type: 'request'; readonly request: LoggedRequest }
  | { readonly type: 'faults' };

/** A running sandbox. Its `url` is what CHANNEL_API_BASE_URL takes. */
export interface Sandbox extends Listening {
  readonly token: string;
  readonly settings: Readonly<Settings>;
  /** Contacts and messages, to read and to change without the API. */
  readonly store: Store;
  /** The last thousand requests and answers, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /**
   * Calls the listener after every change of the store or of the waiting faults, and after every request; the function
   * returned stops that.
   */
  on(listener: (event: SandboxEvent) => void): () => void;
  configure(changes: Partial<Settings>): void;
  /** Lets the next `count` requests fail, by a name of the catalogue or in another way; several calls queue up. */
  failNext(count: number, fault: Fault | string): void;
  /** The names of the faults that await the next requests, in turn. */
  readonly waitingFaults: readonly string[];
  clearFaults(): void;
}

/** Starts a sandbox on 127.0.0.1. Rejects when the port is taken (code EADDRINUSE). */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, contacts = 12, data, now = () => Math.floor(Date.now() / 1000), ...changes } = options;
  const settings: Settings = {
    token: 'sandbox-token',
    order: 'newest_first',
    viber: false,
    rateLimits: true,
    ...changes,
  };
  const listeners = new Set<(event: SandboxEvent) => void>();
  const emit = (event: SandboxEvent) => {
    for (const listener of listeners) listener(event);
  };
  const store = new Store({ contacts, data, now, changed: emit });
  const log = new RequestLog(now, (request) => emit({ type: 'request', request }));
  const faults = new Faults(() => emit({ type: 'faults' }));
  const app = createApi({ settings, store, log, faults });
  const listening = await listen(app, port).catch((error) => {
    store.close();
    throw error;
  });

  return {
    ...listening,
    async close() {
      await listening.close();
      store.close();
    },
    get token() {
      return settings.token;
    },
    settings,
    store,
    requests: log.requests,
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    configure(changes) {
      Object.assign(settings, changes);
    },
    failNext: (count, fault) => faults.failNext(count, fault),
    get waitingFaults() {
      return faults.waiting;
    },
    clearFaults: () => faults.clear(),
  };
}
