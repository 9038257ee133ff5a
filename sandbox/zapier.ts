import './quiet.ts';

import { type Bundle, createAppTester, type ZObject } from 'zapier-platform-core';

type Operations = Record<string, { operation: object }>;

/** An integration's definition, as far as running it goes. */
export interface Integration {
  authentication?: object;
  triggers: Operations;
  searches: Operations;
  creates: Operations;
}

type Perform = (z: ZObject, bundle: Bundle) => Promise<unknown>;

/** What Zapier hands to a run. */
export interface Run {
  inputData?: Record<string, unknown>;
  authData?: Record<string, string>;
  meta?: Partial<Bundle['meta']>;
}

/** Runs a part of the definition by its place: `creates.add_tags`, `authentication.test`. */
export type Runner = (place: string, run?: Run) => Promise<unknown>;

function performAt({ authentication, ...types }: Integration, place: string): Perform {
  const [type = '', key = ''] = place.split('.');
  const operations: Record<string, Operations> = types;
  const perform: unknown =
    type === 'authentication'
      ? Reflect.get(authentication ?? {}, key)
      : Reflect.get(operations[type]?.[key]?.operation ?? {}, 'perform');
  if (typeof perform !== 'function') {
    throw new Error(`The integration has no ${place}.`);
  }
  // The platform's definition types do not say what a perform takes; its core calls it like this.
  return perform as Perform;
}

/** Runs parts of an integration through the platform's core, as Zapier does. All runs share one `z.cache`. */
export function createRunner(integration: Integration): Runner {
  const test = createAppTester(integration);
  return (place, run = {}) => test(performAt(integration, place), run);
}

/** The integration that `npm run build` made. */
export async function loadBuiltIntegration(): Promise<Integration> {
  const built: { default: Integration } = await import(new URL('../dist/index.js', import.meta.url).href);
  return built.default;
}

/** What Zapier is told when a run fails. */
export interface FailedRun {
  /** The class of the error: HaltedError, AppError, ThrottledError, ExpiredAuthError. */
  kind: string;
  sentence: string;
  code?: string;
  status?: number;
  /** Seconds until Zapier tries again. */
  delay?: number;
}

/** Reads the error of a run; some of the platform's classes hold their message as JSON. */
export function readFailure(error: unknown): FailedRun {
  if (!(error instanceof Error)) {
    throw error;
  }
  if (!error.message.startsWith('{')) {
    return { kind: error.name, sentence: error.message };
  }
  const { message, ...details } = JSON.parse(error.message);
  return { kind: error.name, sentence: message, ...details };
}
