import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';

/** An answer of a simulated API; `date` is what its clock says. */
export interface HttpAnswer {
  status: number;
  body: string;
  date?: string | undefined;
}

/** Lets a function answer as the API, over HTTP, in the tests of a file. Where it gives nothing, no answer comes. */
export function useHttpApi(answer: (url: URL) => HttpAnswer | undefined): void {
  const server = createServer((request, response) => {
    const given = answer(new URL(request.url ?? '/', 'http://channel'));
    if (!given) return;
    const { status, body, date } = given;
    response.sendDate = false;
    response.writeHead(status, { 'content-type': 'application/json', ...(date !== undefined && { date }) });
    response.end(body);
  });
  server.keepAliveTimeout = 60_000;
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${Object(server.address()).port}`;
  });
  afterAll(() => server.close().closeAllConnections());
}
