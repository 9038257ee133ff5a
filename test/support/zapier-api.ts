import { type RecordedRequest, startRecorder } from './recorder.ts';

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
  const answerTo = ({
    method,
    url,
    headers,
    body: text,
  }: RecordedRequest): [status: number, data: object] => {
    const path = url.replace('/api/platform/cli', '').replace(/\?.*/, '');
    if (path === '/apps/fields-choices') return [200, choices];
    if (headers['x-deploy-key'] !== api.key) return [401, { errors: ['Invalid deploy key.'] }];
    if (method === 'GET') return [200, apps[Number(path.replace('/apps/', '')) - 1] ?? {}];
    if (path.includes('/versions/') && api.refusal) return [400, { errors: [api.refusal] }];
    const body = JSON.parse(text || '{}');
    api.written.push({ request: `${method} ${path}`, body });
    if (path !== '/apps') return [200, {}];
    const id = apps.length + 1;
    apps.push({ ...body, id, key: `App${id}`, status: 'private' });
    return [201, apps[id - 1] ?? {}];
  };
  const { port, close } = await startRecorder((_, response, received) => {
    const [status, data] = answerTo(received);
    response.writeHead(status).end(JSON.stringify(data));
  });
  const url = `http://127.0.0.1:${port}`;
  const api: ZapierApi = { url, key: 'deploy-key-1234', written: [], refusal: undefined, close };
  return api;
}
