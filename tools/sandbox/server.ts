import { createApi } from './api.ts';
import { type Fault, Faults } from './faults.ts';
import { listen } from './listen.ts';
import { type LoggedRequest, RequestLog } from './log.ts';
import type { Settings } from './settings.ts';
import { Store, type StoreEvent } from './store.ts';

export interface SandboxOptions extends Partial<Settings> {
  /** The port to listen on; 0, the default, is any free one. */
  readonly port?: number;
  /** The number of contacts to begin with. A data file that has contacts keeps those. */
  readonly contacts?: number;
  /** The file that keeps contacts and messages from one start to the next. Without it they are in memory. */
  readonly data?: string | undefined;
  /** The clock of contacts and messages, in Unix seconds. Rate limits use the real one. */
  readonly now?: () => number;
}

export type SandboxEvent =
  | StoreEvent
  | { readonly type: 'request'; readonly request: LoggedRequest }
  | { readonly type: 'faults' };

/** A running sandbox. Set CHANNEL_API_BASE_URL to its `url`. */
export type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

/** Starts a sandbox on 127.0.0.1. Rejects if the port is taken (code EADDRINUSE). */
export async function startSandbox(options: SandboxOptions = {}) {
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
  const {
    url,
    port: bound,
    close,
  } = await listen(app, port).catch((error) => {
    store.close();
    throw error;
  });
  const requests: readonly LoggedRequest[] = log.requests;
  const readSettings: Readonly<Settings> = settings;

  return {
    url,
    port: bound,
    async close(): Promise<void> {
      await close();
      store.close();
    },
    get token(): string {
      return settings.token;
    },
    settings: readSettings,
    /** Contacts and messages, to read and to change without the API. */
    store,
    /** The last thousand requests and answers, oldest first. */
    requests,
    /** Calls the listener after each request and each change of the store or the faults. Returns a function that ends that. */
    on(listener: (event: SandboxEvent) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    configure(changes: Partial<Settings>): void {
      Object.assign(settings, changes);
    },
    /** Makes the next `count` requests fail. `fault` is a name of the catalogue or another fault. Several calls queue up. */
    failNext: (count: number, fault: Fault | string): void => faults.failNext(count, fault),
    /** The names of the queued faults, the next one first. */
    get waitingFaults(): readonly string[] {
      return faults.waiting;
    },
    clearFaults: (): void => faults.clear(),
  };
}
