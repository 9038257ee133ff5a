import { once } from 'node:events';
import { createServer } from 'node:http';

/** A simulated Zapier API with the parts that the platform's command line needs to register, upload and promote. */
export interface ZapierApi {
  url: string;
  /** The deploy key. Every other key is refused with status 401. */
  key: string;
  /** The accepted requests other than GET: a line such as `PUT /apps/1/versions/1.0.0`, and the parsed body. */
  written: { request: string; body: Record<string, unknown> }[];
  /** If a test sets this, every upload of a version is refused with this message. */
  refusal: string | undefined;
  close: () => void;
}

const choice = (value: string) => [{ value, name: value }];
const choices = { intention: choice('private'), role: choice('employee'), app_category: choice('crm') };

/** Starts the simulated API on a free port of this machine. The caller closes it. */
export async function startZapierApi(): Promise<ZapierApi> {
  const apps: object[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = await request.toArray();
    const body = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const path = (request.url ?? '').replace('/api/platform/cli', '').replace(/\?.*/, '');
    const answer = (status: number, data: object): void => {
      response.writeHead(status).end(JSON.stringify(data));
    };
    if (path === '/apps/fields-choices') return answer(200, choices);
    if (request.headers['x-deploy-key'] !== api.key) return answer(401, { errors: ['Invalid deploy key.'] });
    if (request.method === 'GET') return answer(200, apps[Number(path.replace('/apps/', '')) - 1] ?? {});
    if (path.includes('/versions/') && api.refusal) return answer(400, { errors: [api.refusal] });
    api.written.push({ request: `${request.method} ${path}`, body });
    if (path !== '/apps') return answer(200, {});
    const number = apps.push({
      ...body,
      id: apps.length + 1,
      key: `App${apps.length + 1}`,
      status: 'private',
    });
    return answer(201, apps[number - 1] ?? {});
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api: ZapierApi = {
    url: `http://127.0.0.1:${Object(server.address()).port}`,
    key: 'deploy-key-1234',
    written: [],
    refusal: undefined,
    close: () => server.close().closeAllConnections(),
  };
  return api;
}
