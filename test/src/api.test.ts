import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import App from '../../index.ts';
import { createRunner } from '../../sandbox/zapier.ts';

let connections = 0;
const server = createServer((_request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"status":"Success","message":"Message sent"}');
});
server.on('connection', () => {
  connections += 1;
});

beforeAll(async () => {
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  delete process.env.CHANNEL_API_BASE_URL;
  await new Promise((closed) => {
    server.close(closed);
  });
});

const run = createRunner(App);
const send = () =>
  run('creates.send_message', {
    authData: { host: 'app.bony.chat', channel_token: 'token' },
    inputData: { contact_id: '1', text: 'Hola' },
  });

it('A message goes over the connection of the one before, unless that was idle for more than a second', async () => {
  let now = Date.now();
  jest.spyOn(Date, 'now').mockImplementation(() => now);
  await send();
  now += 900;
  await send();
  expect(connections).toBe(1);
  // As after a pause in which the platform froze the process: no timer of ours has run.
  now += 1100;
  await send();
  expect(connections).toBe(2);
  jest.restoreAllMocks();
});
