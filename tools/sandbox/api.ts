import { type Context, Hono } from 'hono';
import type { Faults } from './faults.ts';
import { isOwnHost } from './listen.ts';
import type { Env, RequestLog } from './log.ts';
import { type Message, refusalOf } from './message.ts';
import { operationsByPath } from './openapi.ts';
import { answerError, bodyReader, createGuard, errorBody, methodNotAllowed, Refusal } from './requests.ts';
import type { Settings } from './settings.ts';
import { type Contact, type FieldValue, PAGE_SIZE, type Store } from './store.ts';

interface Parts {
  readonly settings: Readonly<Settings>;
  readonly store: Store;
  readonly log: RequestLog;
  readonly faults: Faults;
}

const BASE = '/api/v1';

const readFields = bodyReader<{ custom_fields: { name: string; value: FieldValue }[] }>(
  '#/components/schemas/FieldsBody',
);
const readTags = bodyReader<{ tags: string[] }>('#/components/schemas/TagsBody');
const readMessage = bodyReader<{ body: [Message]; forceCancelSurvey?: boolean }>(
  '#/components/schemas/MessageBody',
);
const fieldsOf = (c: Context<Env>) =>
  Object.fromEntries(readFields(c).custom_fields.map(({ name, value }) => [name, value]));

/** The function that answers each operation of the description, by the operation's ID. */
function createAnswers({ settings, store }: Parts): Record<string, (c: Context<Env>) => Response> {
  /** For each contact that a fault hides after its creation: when the API begins to know it. */
  const knownFrom = new Map<string, number>();

  const contactOf = (c: Context<Env>): Contact => {
    const segment = c.req.param('contact_id') ?? '';
    const id = settings.viber ? fromBase64(segment) : segment;
    const contact = store.get(id);
    if (!contact || Date.now() < (knownFrom.get(id) ?? 0)) throw new Refusal('There is no such contact.');
    return contact;
  };

  return {
    findContacts(c) {
      const { name = '', value = '', page = 1 } = c.req.query();
      const { contacts, total } = store.page({ field: name, value, order: settings.order }, Number(page));
      return c.json(paginate(contacts, total, Number(page), c.req.url));
    },
    createContact(c) {
      const { id } = store.add({ custom_fields: fieldsOf(c) });
      const { unknownForMs } = c.var;
      if (unknownForMs !== undefined) knownFrom.set(id, Date.now() + unknownForMs);
      return c.json({ data: { id } });
    },
    getContact: (c) => c.json({ data: contactOf(c) }),
    updateContact(c) {
      const fields = fieldsOf(c);
      return c.json({ data: { id: store.update(contactOf(c).id, fields).id } });
    },
    addTags(c) {
      const { tags } = readTags(c);
      store.addTags(contactOf(c).id, tags);
      return c.json({ status: 'success', message: 'Contact Tags have been added successfully.', data: [] });
    },
    removeTags(c) {
      const { tags } = readTags(c);
      store.removeTags(contactOf(c).id, tags);
      return c.json({ status: 'success', message: 'Contact Tags deleted successfully.', data: [] });
    },
    sendMessage(c) {
      const { body, forceCancelSurvey } = readMessage(c);
      const { id } = contactOf(c);
      const refusal = refusalOf(body[0]);
      if (refusal) throw new Refusal(refusal);
      const sent = store.send(id, body[0], forceCancelSurvey);
      return body[0].type === 'whatsapp_template'
        ? c.json({ status: 'success', data: { id: sent.id } }, 201)
        : c.json({ status: 'Success', message: 'Message Sent', data: [] });
    },
  };
}

/** Builds the API as `docs/api/openapi.yaml` describes it. */
export function createApi(parts: Parts): Hono<Env> {
  const app = new Hono<Env>({ strict: false });
  app.use(async (c, next) =>
    isOwnHost(c.req.header('Host'))
      ? next()
      : c.text('The sandbox answers under 127.0.0.1 and localhost only.', 403),
  );
  app.use(parts.log.middleware, parts.faults.middleware);
  app.notFound((c) => c.json(errorBody('404 Not Found.'), 404));
  app.onError(answerError);

  const api = app.basePath(BASE);
  const guard = createGuard(parts.settings);
  const answers = createAnswers(parts);
  for (const [path, operations] of operationsByPath) {
    const route = path.replace(/\{(\w+)\}/, ':$1').replace(/\/$/, '');
    for (const operation of operations) {
      const answer = answers[operation.id];
      if (!answer) throw new Error(`The sandbox has no answer to ${operation.id}.`);
      api.on(operation.method, route, guard(operation), (c) => answer(c));
    }
    api.all(route, methodNotAllowed);
  }
  return app;
}

/**
 * Builds the answer to a search, with its keys in the documents' order. As in the documents, links are plain HTTP and
 * lack the filter.
 */
function paginate(contacts: readonly Contact[], total: number, page: number, url: string) {
  const { host, pathname } = new URL(url);
  const path = `http://${host}${pathname}`;
  const lastPage = Math.max(1, Math.ceil(total / PAGE_SIZE));
  const first = (page - 1) * PAGE_SIZE + 1;
  const link = (number: number) => `${path}?page=${number}`;
  const isEmpty = contacts.length === 0;
  return {
    data: contacts,
    links: {
      first: link(1),
      last: link(lastPage),
      prev: page > 1 ? link(page - 1) : null,
      next: page < lastPage ? link(page + 1) : null,
    },
    meta: {
      current_page: page,
      from: isEmpty ? null : first,
      last_page: lastPage,
      path,
      per_page: PAGE_SIZE,
      to: isEmpty ? null : first + contacts.length - 1,
      total,
    },
  };
}

/** Decodes Base64. Returns undefined if encoding the result again would not give exactly the same text. */
function fromBase64(encoded: string): string {
  const text = Buffer.from(encoded, 'base64').toString();
  return Buffer.from(text).toString('base64') === encoded ? text : '';
}
