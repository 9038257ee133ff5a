import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';

/** An answer of a simulated API. `date` becomes its `Date` header; if it is missing, the answer has no such header. */
export interface HttpAnswer {
  status: number;
  body: string;
  date?: string | undefined;
}

/** Serves a function as the API over HTTP, for a file's tests. If it returns nothing, the request stays unanswered. */
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
