import { Channel, type ChannelOptions } from '../../support/channel-model.ts';
import { withoutCore, Zap } from '../../support/zap-model.ts';

/** The API's answer where no more requests are allowed. */
export const throttled = {
  status: 429,
  body: '{"status":"error","message":"Too many requests","data":[]}',
};

/** A Zap on a channel with contacts from before, spread over `days`. */
export async function switchedOn(
  options: Partial<ChannelOptions>,
  before = 0,
  days = 300,
  run = withoutCore,
) {
  const channel = new Channel(options);
  const driver = run(channel);
  channel.fill(['TRUE'], before, days);
  const zap = new Zap(channel, driver);
  const on = await zap.switchOn();
  channel.now += 60;
  return { channel, zap, on, driver };
}

export function createMany(channel: Channel, count: number, apart = 1) {
  for (let index = 0; index < count; index += 1) {
    channel.now += apart;
    channel.create(['TRUE']);
  }
}

export const forget = (cache: Record<string, string>) => {
  for (const key of Object.keys(cache)) delete cache[key];
};
