import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll } from '@jest/globals';
import App from '../../../index.ts';
import { createRunner, type Run } from '../../../tools/zapier/runner.ts';
import { SimulatedZap } from '../../../tools/zapier/simulated-zap.ts';

export interface Person {
  id: string;
  created_at: number;
  custom_fields: Record<string, string | number[] | null>;
  tags: string[];
}

/** A model of the channel API: contacts with fields and tags, listed in a fixed order, ten a page. */
export class Model {
  readonly people: Person[] = [];
  order: 'newest first' | 'oldest first' | 'shuffled' = 'newest first';
  hasMeta = true;
  /** The server's clock, in Unix seconds. */
  now = 1_750_000_000;
  /** The requests of the current poll. */
  requests: string[] = [];
  /** Called before each request is answered; what it gives is answered instead. */
  beforeAnswer: (request: number) => { status: number; body: string } | undefined = () => undefined;

  create(custom_fields: Person['custom_fields'], tags: string[] = []): Person {
    const person = { id: `cus_${this.people.length}`, created_at: this.now, custom_fields, tags };
    this.people.push(person);
    return person;
  }

  matching(name: string, values: string[]): Person[] {
    return this.people.filter((person) => values.includes(String(person.custom_fields[name])));
  }

  answer(url: string): { status: number; body: string } {
    const query = new URL(url, 'http://model').searchParams;
    this.requests.push(url);
    const instead = this.beforeAnswer(this.requests.length);
    if (instead) return instead;
    const sign = { 'newest first': -1, 'oldest first': 1, shuffled: 0 }[this.order];
    const hash = (id: string) => (Number(id.slice(4)) * 7919) % 104_729;
    const list = this.matching(query.get('name') ?? '', [query.get('value') ?? '']).sort((a, b) =>
      sign === 0 ? hash(a.id) - hash(b.id) : sign * (Number(a.id.slice(4)) - Number(b.id.slice(4))),
    );
    const page = Number(query.get('page') ?? 1);
    const meta = this.hasMeta && { total: list.length, per_page: 10, current_page: page };
    return { status: 200, body: JSON.stringify({ data: list.slice((page - 1) * 10, page * 10), meta }) };
  }
}

/** The trigger alone: core copies the definition in every run. */
const { updated_contact } = App.triggers;
const integration = { ...App, triggers: { updated_contact }, searches: {}, creates: {}, searchOrCreates: {} };

const watching = { field_name: 'zap', field_values: ['TRUE'] };

/** Lets the tests of a file run the real trigger through the platform's core, over HTTP, against a model. */
export function useModel() {
  let model = new Model();
  const server = createServer((request, response) => {
    const { status, body } = model.answer(request.url ?? '/');
    response.sendDate = false;
    const date = new Date(model.now * 1000).toUTCString();
    response.writeHead(status, { 'content-type': 'application/json', date }).end(body);
  });
  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    process.env.CHANNEL_API_BASE_URL = `http://127.0.0.1:${Object(server.address()).port}`;
  });
  afterAll(async () => {
    delete process.env.CHANNEL_API_BASE_URL;
    server.close();
    server.closeAllConnections();
  });

  /** A new model, and a Zap that watches `zap` = `TRUE` in it; `polling` says what a poll of it fired and requested. */
  return (inputs: Record<string, unknown> = {}) => {
    model = new Model();
    const current = model;
    const runner = createRunner(integration);
    let forgets = false;
    const authData = { host: 'app.bony.chat', channel_token: 'channel-token-1234' };
    const run = (place: string, given: Run) => {
      current.requests = [];
      return runner(place, { ...given, authData, forgets });
    };
    const zap = new SimulatedZap(run, 'triggers.updated_contact', { ...watching, ...inputs }, [
      'id',
      'version',
    ]);
    const poll = async (forgetting = false) => {
      forgets = forgetting;
      const { fired, returned } = await zap.poll().finally(() => {
        forgets = false;
      });
      return { fired: fired.map(({ id }) => id), returned, requests: current.requests.length };
    };
    return { model: current, zap, poll, run };
  };
}
