import type { Bundle, ZObject } from 'zapier-platform-core';
import App from '../../../index.ts';
import { pollUpdatedContacts } from '../../../src/updated-contact/updated-contact.ts';
import { createRunner, type Run } from '../../../tools/zapier/runner.ts';
import { SimulatedZap } from '../../../tools/zapier/simulated-zap.ts';
import { type HttpAnswer, useHttpApi } from '../../support/http-api.ts';
import { requestOf } from '../../support/zap-model.ts';

export interface Person {
  id: string;
  created_at: number;
  custom_fields: Record<string, string | object | null>;
  tags: string[];
}

/** A model of the channel API: contacts with fields and tags, listed in a fixed order, ten a page. */
export class Model {
  readonly people: Person[] = [];
  order: 'newest first' | 'oldest first' | 'shuffled' = 'newest first';
  hasMeta = true;
  hasPageSize = true;
  /** The server's clock, in Unix seconds. */
  now = 1_750_000_000;
  /** Whether the platform's cache writes nothing, as where too many bytes were written in a minute. */
  refusesWrites = false;
  /** Whether the platform tells a poll which Zap it is for. */
  hasZapId = true;
  /** The requests of the current poll. */
  requests: string[] = [];
  /** Called before each request is answered; what it gives is answered instead. */
  beforeAnswer: (request: number) => HttpAnswer | undefined = () => undefined;

  get date(): string {
    return new Date(this.now * 1000).toUTCString();
  }

  create(custom_fields: Person['custom_fields'], tags: string[] = []): Person {
    const person = { id: `cus_${this.people.length}`, created_at: this.now, custom_fields, tags };
    this.people.push(person);
    return person;
  }

  matching(name: string, values: string[]): Person[] {
    return this.people.filter((person) => values.includes(String(person.custom_fields[name])));
  }

  answer(query: URLSearchParams): HttpAnswer {
    this.requests.push(String(query));
    const instead = this.beforeAnswer(this.requests.length);
    if (instead) return instead;
    const sign = { 'newest first': -1, 'oldest first': 1, shuffled: 0 }[this.order];
    const hash = (id: string) => (Number(id.slice(4)) * 7919) % 104_729;
    const list = this.matching(query.get('name') ?? '', [query.get('value') ?? '']).sort((a, b) =>
      sign === 0 ? hash(a.id) - hash(b.id) : sign * (Number(a.id.slice(4)) - Number(b.id.slice(4))),
    );
    const page = Number(query.get('page') ?? 1);
    const size = this.hasPageSize && { per_page: 10 };
    const meta = this.hasMeta && { total: list.length, ...size, current_page: page };
    return { status: 200, body: JSON.stringify({ data: list.slice((page - 1) * 10, page * 10), meta }) };
  }
}

/**
 * The trigger alone, as core copies the definition in every run, with a cache that can refuse what is written.
 * Without core's HTTP, a request takes no time.
 */
function integrationOn(model: Model, isOverHttp: boolean) {
  const { updated_contact } = App.triggers;
  const { operation } = updated_contact;
  const request = requestOf((query) => ({ ...model.answer(query), date: model.date }));
  const perform = (z: ZObject, bundle: Bundle) => {
    if (model.refusesWrites) z.cache.set = async () => false;
    if (!isOverHttp) Reflect.set(z, 'request', request);
    return pollUpdatedContacts(z, bundle);
  };
  const triggers = { updated_contact: { ...updated_contact, operation: { ...operation, perform } } };
  return { ...App, triggers, searches: {}, creates: {}, searchOrCreates: {} };
}

const watching = { field_name: 'zap', field_values: ['TRUE'] };

/** Lets the tests of a file run the real trigger through the platform's core, and its HTTP or not, against a model. */
export function useModel({ isOverHttp }: { isOverHttp: boolean }) {
  let model = new Model();
  if (isOverHttp) useHttpApi(({ searchParams }) => ({ ...model.answer(searchParams), date: model.date }));

  /** A new model, and a Zap that watches `zap` = `TRUE` in it; `polling` says what a poll of it fired and requested. */
  return (inputs: Record<string, unknown> = {}) => {
    model = new Model();
    const current = model;
    const runner = createRunner(integrationOn(current, isOverHttp));
    let forgets = false;
    const authData = { host: 'app.bony.chat', channel_token: 'channel-token-1234' };
    const run = (place: string, given: Run) => {
      current.requests = [];
      return runner(place, { ...given, authData, forgets });
    };
    const startZap = (changed: Record<string, unknown> = {}) => {
      const runZap = (place: string, given: Run) => {
        const id = current.hasZapId && { zap: { id: '1', user: { timezone: 'UTC' } } };
        return run(place, { ...given, meta: { ...given.meta, ...id } });
      };
      const inputData = { ...watching, ...inputs, ...changed };
      return new SimulatedZap(runZap, 'triggers.updated_contact', inputData, ['id', 'version']);
    };
    const zap = startZap();
    const poll = async (forgetting = false) => {
      forgets = forgetting;
      const { fired, returned } = await zap.poll().finally(() => {
        forgets = false;
      });
      return { fired: fired.map(({ id }) => id), returned, requests: current.requests.length };
    };
    return { model: current, zap, startZap, poll, run };
  };
}
