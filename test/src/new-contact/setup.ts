import { expect } from '@jest/globals';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { Channel, type ChannelOptions, type Person } from '../../support/channel-model.ts';
import { type Poll, type Start, withoutCore, Zap } from '../../support/zap-model.ts';

export const HOUR = 3600;
export const sorts = ['newest', 'oldest'] as const;
export const tenValues = Array.from({ length: 10 }, (_, index) => `value ${index}`);
export const throttled = { status: 429, body: '{"status":"error","message":"Too many requests","data":[]}' };

/** The watched `values`, how a poll runs, and what happens `during` the poll that switches the Zap on. */
interface Settings {
  values?: string[];
  run?: Start;
  during?: (channel: Channel, request: number) => unknown;
}

/** Sets up a Zap that was switched on a minute ago. Its channel had `before` contacts, created over `days` days. */
export async function switchedOn(
  options: Partial<ChannelOptions>,
  before = 0,
  days = 300,
  { values = ['TRUE'], run = withoutCore, during = () => undefined }: Settings = {},
) {
  const channel = new Channel(options);
  const driver = run(channel);
  channel.fill(values, before, days);
  const zap = new Zap(channel, driver, { values });
  channel.beforeAnswer = (request) => void during(channel, request);
  const on = await zap.switchOn();
  channel.beforeAnswer = () => undefined;
  channel.now += 60;
  return { channel, zap, on, driver };
}

/** Creates `count` contacts, each `apart` seconds after the previous one. */
export function createMany(channel: Channel, count: number, apart = 1, value = 'TRUE'): Person[] {
  return Array.from({ length: count }, () => {
    channel.now += apart;
    return channel.create([value]);
  });
}

export function removeSome(channel: Channel, from: number, to?: number): void {
  for (const person of channel.people.slice(from, to)) channel.remove(person);
}

/** Runs `polls` polls, each after a pause of `pause` seconds. */
export async function pollOn(zap: Zap, polls: number, pause = 900): Promise<Poll[]> {
  const done: Poll[] = [];
  for (let poll = 0; poll < polls; poll += 1) {
    zap.channel.now += pause;
    done.push(await zap.poll());
  }
  return done;
}

/** Polls every five minutes until no contact is missing, at most `most` times. */
export async function pollUntilFound(zap: Zap, most = 20): Promise<void> {
  for (let polls = 0; zap.missing.length > 0 && polls < most; polls += 1) {
    const [poll] = await pollOn(zap, 1, 300);
    expect(poll?.error).toBeUndefined();
  }
  expect(zap.missing).toEqual([]);
  expect(zap.falselyFired).toEqual([]);
}

/** From now on, the API answers 429 to all but the next `requests` requests. */
export function allowRequests(channel: Channel, requests: number): void {
  const last = channel.requests + requests;
  channel.beforeAnswer = (request) => (request > last ? throttled : undefined);
}

/** Returns the error message that users read if a poll failed. */
export const sentenceOf = ({ error }: Poll): string => readFailure(error).sentence;
