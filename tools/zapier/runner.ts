import './quiet.ts';

import { type Bundle, createAppTester, type ZObject } from 'zapier-platform-core';

type Operations = Record<string, { operation: object }>;

/** The parts of an integration's definition that can run. */
export interface Integration {
  authentication?: object;
  triggers: Operations;
  searches: Operations;
  creates: Operations;
  searchOrCreates?: Record<string, { search: string; create: string }>;
}

type Perform = (z: ZObject, bundle: Bundle) => Promise<unknown>;

/** What Zapier passes to a run. */
export interface Run {
  inputData?: Record<string, unknown>;
  authData?: Record<string, string>;
  meta?: Partial<Bundle['meta']>;
  /** True if `z.cache` is emptied first. */
  forgets?: boolean;
}

/**
 * Runs a part of the definition by its place: `creates.add_tags`, `authentication.test`, or a full path.
 * `creates.send_message.operation.inputFields` returns the fields that the form shows.
 */
export type Runner = (place: string, run?: Run) => Promise<unknown>;

function partAt(integration: Integration, place: string): Perform {
  const isOperation = /^(?:triggers|searches|creates)\.\w+$/.test(place);
  const path = (isOperation ? `${place}.operation.perform` : place).split('.');
  const part = path.reduce<unknown>((whole, key) => Reflect.get(Object(whole), key), integration);
  if (typeof part !== 'function' && !Array.isArray(part)) {
    throw new Error(`The integration has no ${place}.`);
  }
  // Zapier's types do not say which parts can run; its core runs functions and lists of fields.
  return part as Perform;
}

const kinds = ['triggers', 'searches', 'creates'] as const;

/**
 * Returns the definition without all operations but the one at a place. Core copies the definition several times in every
 * run, and a run needs no other operation.
 */
function withoutOthers(integration: Integration, place: string): Integration {
  const [first, key = ''] = place.split('.');
  const { searchOrCreates: _, ...rest } = { ...integration, triggers: {}, searches: {}, creates: {} };
  const kind = kinds.find((each) => each === first);
  const operation = kind && integration[kind][key];
  return kind && operation ? { ...rest, [kind]: { [key]: operation } } : rest;
}

/** Runs parts of an integration through Zapier's core, as Zapier does. All runs share one `z.cache`. */
export function createRunner(integration: Integration): Runner {
  const testers = new Map<string, ReturnType<typeof createAppTester>>();
  let cache = {};
  return async (place, { forgets, ...bundle } = {}) => {
    const test = testers.get(place) ?? createAppTester(withoutOthers(integration, place));
    testers.set(place, test);
    if (forgets) cache = {};
    Reflect.set(test, 'zcacheTestObj', cache);
    return test(partAt(integration, place), bundle);
  };
}

/** Loads the integration that `npm run build` made, or one from another folder. */
export async function loadBuiltIntegration(file = 'dist/index.js'): Promise<Integration> {
  const built: { default: Integration } = await import(new URL(`../../${file}`, import.meta.url).href);
  return built.default;
}

/** What Zapier learns about a run that failed. */
export interface FailedRun {
  /** The error's class: HaltedError, AppError, ThrottledError, ExpiredAuthError. */
  kind: string;
  sentence: string;
  code?: string;
  status?: number;
  /** Seconds until Zapier tries again. */
  delay?: number;
}

/** Reads a run's error. Some of Zapier's classes hold their message as JSON. */
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
