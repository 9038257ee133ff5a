import type { Message } from '../../src/models/message.ts';
import type { Client } from './client.ts';
import { described } from './contact-checks.ts';
import { askSupport, CannotAsk, type CheckGroup, judge } from './finding.ts';

/** A message as the integration sends it, and the contact that gets it. */
export interface TemplateToSend {
  contactId: string;
  message: Message;
  hasHeader: boolean;
}

/** If no answer comes, the message may have been sent, so it is not sent again. */
function unknownWhetherSent(error: unknown): never {
  if (!(error instanceof CannotAsk)) throw error;
  throw new CannotAsk(
    error.message,
    'The template may have been sent: look at the phone before you send it again.',
  );
}

/** Sends one template to one contact, at most once. */
export function templateCheck(client: Client, { contactId, message, hasHeader }: TemplateToSend): CheckGroup {
  const question = hasHeader ? 'Is a template with a header sent?' : 'Is a template sent?';
  return {
    questions: [question],
    async *check() {
      const body = { body: [message] };
      const answer = await client
        .sendOnce(client.messagePath(contactId), {}, 'POST', body)
        .catch(unknownWhetherSent);
      const isSent =
        answer.status >= 200 && answer.status < 300 && !/^error$/i.test(String(Object(answer.data).status));
      yield judge(isSent, {
        question,
        expected: 'status 201',
        found: described(answer),
        good: `The platform accepted it. Look at the phone of contact ${contactId}: only it shows whether the message arrived${hasHeader ? ' with its header' : ''}.`,
        bad: `The platform refused it${hasHeader ? ': it may not accept headers in this form' : ''}.`,
        next: hasHeader
          ? 'Compare name, language, text and header with the approved template, and send it again. If all agree, headers are not supported: try one without a header.'
          : `Compare name, language and text with the approved template, and send it again. If all agree: ${askSupport}`,
      });
    },
  };
}
