import { afterAll, beforeEach, expect, it } from '@jest/globals';
import { createAppTester } from 'zapier-platform-core';
import { createRunner, loadBuiltIntegration } from '../../../tools/zapier/runner.ts';
import { startRecorder, watchSockets } from '../../support/recorder.ts';

const api = await startRecorder();
process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${api.port}`;
const integration = await loadBuiltIntegration();
const run = createRunner(integration);
let opened: string[];

beforeEach(() => {
  opened = watchSockets();
});
afterAll(() => api.close());

const addTags = (count: number) =>
  run('creates.add_tags', {
    inputData: { contact_id: '1', tags: Array.from({ length: count }, (_, n) => n) },
    authData: { host: 'app.bony.chat', channel_token: 'channel-token-1234' },
  });

it('takes no connection of an earlier run, which may be dead by then', async () => {
  await addTags(1);
  await addTags(1);
  expect(opened).toHaveLength(2);
});

it('takes none where a program runs the same bundle again', async () => {
  const test = createAppTester(integration);
  const { perform } = Object(integration.creates.add_tags?.operation);
  const bundle = {
    inputData: { contact_id: '1', tags: ['VIP'] },
    authData: { host: 'app.bony.chat', channel_token: 'channel-token-1234' },
  };
  for (let count = 1; count <= 3; count += 1) {
    await test(perform, bundle);
    expect(opened).toHaveLength(count);
  }
});

it('keeps one connection for the later requests of a run', async () => {
  await addTags(50);
  expect(api.takeRequests().slice(-5)).toHaveLength(5);
  expect(opened).toHaveLength(2);
});
