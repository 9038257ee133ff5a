import { type Context, Hono } from 'hono';
import { contradictsType } from './attachments.ts';
import { fieldsBody, messageBody, tagsBody } from './bodies.ts';
import type { Contact } from './contact.ts';
import type { Faults } from './faults.ts';
import { createGuard, methodNotAllowed } from './guard.ts';
import { readBody, readSearch, withoutQuery } from './input.ts';
import type { Env, RequestLog } from './log.ts';
import { paginate } from './pagination.ts';
import { answerError, errorBody, Refusal } from './refusal.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

interface Parts {
  readonly settings: Readonly<Settings>;
  readonly store: Store;
  readonly log: RequestLog;
  readonly faults: Faults;
}

const BASE = '/api/v1';
const SEARCH = '/contact/by_custom_field';

/** The API as the documents describe it. */
export function createApi({ settings, store, log, faults }: Parts): Hono<Env> {
  const app = new Hono<Env>({ strict: false });
  app.use(log.middleware, faults.middleware);
  app.notFound((c) => c.json(errorBody('404 Not Found.'), 404));
  app.onError(answerError);

  const api = app.basePath(BASE);
  const guard = createGuard(settings);
  const contactOf = (c: Context<Env>): Contact => {
    const id = c.req.param('id') ?? '';
    const contact = store.get(settings.viber ? fromBase64(id) : id);
    if (!contact) throw new Refusal('There is no such contact.');
    return contact;
  };

  api.get(SEARCH, guard('contact'), (c) => {
    const { name, value, page } = readSearch(c);
    const { contacts, total } = store.page({ where: { field: name, value }, order: settings.order }, page);
    return c.json(paginate(contacts, total, page, `http://${new URL(c.req.url).host}${BASE}${SEARCH}`));
  });
  api.all(SEARCH, methodNotAllowed);

  api.post('/contact', guard('contact'), withoutQuery, (c) => {
    const custom_fields = readBody(c, fieldsBody);
    return c.json({ data: { id: store.add({ custom_fields }).id } });
  });
  api.all('/contact', methodNotAllowed);

  api.get('/contact/:id', guard('contact'), withoutQuery, (c) => c.json({ data: contactOf(c) }));
  api.put('/contact/:id', guard('contact'), withoutQuery, (c) => {
    const fields = readBody(c, fieldsBody);
    return c.json({ data: { id: store.update(contactOf(c).id, fields).id } });
  });
  api.all('/contact/:id', methodNotAllowed);

  api.post('/contact/:id/tags', guard('contact'), withoutQuery, (c) => {
    const tags = readBody(c, tagsBody);
    store.addTags(contactOf(c).id, tags);
    return c.json({ status: 'success', message: 'Contact Tags have been added successfully.', data: [] });
  });
  api.delete('/contact/:id/tags', guard('contact'), withoutQuery, (c) => {
    const tags = readBody(c, tagsBody);
    store.removeTags(contactOf(c).id, tags);
    return c.json({ status: 'success', message: 'Contact Tags deleted successfully.', data: [] });
  });
  api.all('/contact/:id/tags', methodNotAllowed);

  api.post('/message/sendContent/:id', guard('message'), withoutQuery, (c) => {
    const { message, forceCancelSurvey } = readBody(c, messageBody);
    const contact = contactOf(c);
    if (contradictsType(message)) throw new Refusal('Sorry, Url provided is not an image/audio/video file');
    const sent = store.send(contact.id, message, forceCancelSurvey);
    if (message.type === 'whatsapp_template') {
      return c.json({ status: 'success', data: { id: sent.id } }, 201);
    }
    return c.json({ status: 'Success', message: 'Message Sent', data: [] });
  });
  api.all('/message/sendContent/:id', methodNotAllowed);

  return app;
}

/** The text that is encoded, or nothing when this is not exactly how that text is encoded. */
function fromBase64(encoded: string): string {
  const text = Buffer.from(encoded, 'base64').toString();
  return Buffer.from(text).toString('base64') === encoded ? text : '';
}
