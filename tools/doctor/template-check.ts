import type { Client } from './client.ts';
import { described } from './contact-checks.ts';
import { CannotAsk, type CheckGroup, judge } from './finding.ts';

export const headerTypes = ['text', 'image', 'video', 'document'] as const;

/** An approved WhatsApp template with a header, and the contact that gets it. */
export interface TemplateMessage {
  contactId: string;
  name: string;
  language: string;
  /** The approved text of the body, with `{{1}}`, `{{2}}`… */
  text: string;
  /** A value for each variable of the body. */
  parameters: string[];
  headerType: (typeof headerTypes)[number];
  /** The approved text of a text header, or the URL of the picture, video or document. */
  header: string;
}

/** The header as the newer API of the same platform takes it; the v1 documents do not describe headers. */
function headerComponent({ headerType, header }: TemplateMessage): object {
  return headerType === 'text'
    ? { type: 'header', format: 'text', text: header }
    : {
        type: 'header',
        format: headerType,
        parameters: [{ type: headerType, [headerType]: { link: header } }],
      };
}

function bodyComponent({ text, parameters }: TemplateMessage): object {
  return parameters.length === 0
    ? { type: 'body', text }
    : { type: 'body', text, parameters: parameters.map((parameter) => ({ type: 'text', text: parameter })) };
}

/** Without an answer the message may have been sent; sending it again could send it twice. */
function unknownWhetherSent(error: unknown): never {
  if (!(error instanceof CannotAsk)) throw error;
  throw new CannotAsk(
    error.message,
    'The template may have been sent: look at the phone before you send it again.',
  );
}

const question = 'Is a template with a header sent?';

/** Sends one template with a header to one contact, at most once. */
export function templateCheck(client: Client, message: TemplateMessage): CheckGroup {
  return {
    questions: [question],
    async *check() {
      const { contactId, name, language } = message;
      const components = [headerComponent(message), bodyComponent(message)];
      const template = { name, languageCode: language, components };
      const path = client.messagePath(contactId);
      const body = { body: [{ type: 'whatsapp_template', template }] };
      const answer = await client.sendOnce(path, {}, 'POST', body).catch(unknownWhetherSent);
      const isSent =
        answer.status >= 200 && answer.status < 300 && !/^error$/i.test(String(Object(answer.data).status));
      yield judge(isSent, {
        question,
        expected: 'status 201',
        found: described(answer),
        good: `The platform took it. Look at the phone of contact ${contactId}: only there it shows whether the header arrived.`,
        bad: 'The platform refused it: it may not take headers in this form.',
        next: 'Compare name, language, text and header with the approved template, and send it again. If all agree, headers are not supported: use templates without one.',
      });
    },
  };
}
