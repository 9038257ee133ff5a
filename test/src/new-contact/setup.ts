import { expect } from '@jest/globals';
import { readFailure } from '../../../tools/zapier/runner.ts';
import { Channel, type ChannelOptions, type Person } from '../../support/channel-model.ts';
import { type Poll, type Start, withoutCore, Zap } from '../../support/zap-model.ts';

export const HOUR = 3600;
export const sorts = ['newest', 'oldest'] as const;
export const tenValues = Array.from({ length: 10 }, (_, index) => `value ${index}`);

/** Sets up a Zap that was switched on a minute ago. Its channel had `before` contacts, created over `days` days. */
export async function switchedOn(
  options: Partial<ChannelOptions>,
  before = 0,
  days = 300,
  { values = ['TRUE'], run = withoutCore }: { values?: string[]; run?: Start } = {},
) {
  const channel = new Channel(options);
  const driver = run(channel);
  channel.fill(values, before, days);
  const zap = new Zap(channel, driver, { values });
  const on = await zap.switchOn();
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

/** Runs `polls` polls, each after a pause of `pause` seconds. */
export async function pollOn(zap: Zap, polls: number, pause = 900): Promise<Poll[]> {
  const done: Poll[] = [];
  for (let poll = 0; poll < polls; poll += 1) {
    zap.channel.now += pause;
    done.push(await zap.poll());
  }
  return done;
}

/** Polls every five minutes until no contact is missing, at most `most` times. Returns the number of polls. */
export async function pollUntilFound(zap: Zap, most = 20): Promise<number> {
  let polls = 0;
  for (; zap.missing.length > 0 && polls < most; polls += 1) {
    const [poll] = await pollOn(zap, 1, 300);
    expect(poll?.error).toBeUndefined();
  }
  expect(zap.missing).toEqual([]);
  expect(zap.falselyFired).toEqual([]);
  return polls;
}

/** From now on, `answer` replaces the channel's answer to each request that `fits`. The next request is 1. */
export function answerInstead(
  channel: Channel,
  fits: (request: number) => boolean,
  answer: { status: number; body: string } | undefined,
  act: () => unknown = () => undefined,
): void {
  const first = channel.requests;
  channel.beforeAnswer = (request) => {
    if (!fits(request - first)) return undefined;
    act();
    return answer;
  };
}

/** Returns the error message that users read if a poll failed. */
export const sentenceOf = ({ error }: Poll): string => readFailure(error).sentence;
