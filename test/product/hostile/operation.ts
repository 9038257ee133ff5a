import fc from 'fast-check';
import type { WitnessedRequest } from '../../support/witness.ts';
import { input } from './arbitraries.ts';

export type Inputs = Record<string, unknown>;

/** An operation, what it may be given, and what it may send. */
export interface HostileOperation {
  place: string;
  inputs: fc.Arbitrary<Inputs>;
  /** Lines that its requests may begin with, `{…}` standing for one segment of a path. */
  requests: string[];
  /** Pairs of what was typed and what arrived, which must be the same. */
  arrivals: (inputs: Inputs, requests: WitnessedRequest[]) => [typed: unknown, arrived: unknown][];
  meta?: object;
  /** Runs, where they are costly. */
  runs?: number;
}

/** The JSON of the last request's body. */
export const body = (requests: WitnessedRequest[]) => JSON.parse(requests.at(-1)?.body || '{}');
/** One segment of the last request's path, decoded. */
export const segment = (requests: WitnessedRequest[], place: number) =>
  decodeURIComponent(requests.at(-1)?.url.split('/')[place] ?? '');
/** One value of the first request's query, decoded. */
export const query = (requests: WitnessedRequest[], key: string) => {
  const pairs = requests[0]?.url
    .split('?')[1]
    ?.split('&')
    .map((pair) => pair.split('='));
  return decodeURIComponent(pairs?.find(([name]) => name === key)?.[1] ?? '');
};
export const typed = (value: unknown) => String(value);
export const isFilled = (value: unknown) => value !== undefined && value !== null && value !== '';

/** Most often something that can work, so that the other inputs get as far as a request. */
export const mostly = (working: unknown[]) =>
  fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...working) }, input('text'));
export const contact_id = mostly(['whatsapp:+60123456789', 'nloI/TOL2seqOAjHslcr7Q==']);
