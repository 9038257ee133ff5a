import type { Message } from '../sandbox/bodies.ts';
import type { SentMessage } from '../sandbox/inbox.ts';

/** A quick reply that was pressed in the conversation. */
export interface ContactAnswer {
  /** The message whose quick reply it is. */
  messageId: string;
  text: string;
  at: Date;
  /** How many messages the contact had been sent by then. */
  after: number;
}

/** The texts of the buttons of a message that a contact can answer with. */
export function repliesOf(message: Message): readonly string[] {
  if (message.type === 'quick_reply') return message.replies;
  if (message.type !== 'whatsapp_template') return [];
  const buttons = message.template.components.flatMap((part) =>
    part.type === 'buttons' ? part.buttons : [],
  );
  return buttons.filter(({ type }) => type === 'quick_reply').map(({ text }) => text);
}

/** The contacts' answers. They are the console's own: the API tells nobody what a contact writes. */
export class ContactAnswers {
  readonly #answers = new Map<string, ContactAnswer[]>();

  of(contactId: string): readonly ContactAnswer[] {
    return this.#answers.get(contactId) ?? [];
  }

  /** Answers a message of a conversation. False where there is no such reply, or the message is answered already. */
  press(contactId: string, messages: readonly SentMessage[], messageId: string, text: string): boolean {
    const message = messages.find(({ id }) => id === messageId)?.message;
    const answers = this.of(contactId);
    if (!message || !repliesOf(message).includes(text)) return false;
    if (answers.some((answer) => answer.messageId === messageId)) return false;
    const answer = { messageId, text, at: new Date(), after: messages.length };
    this.#answers.set(contactId, [...answers, answer]);
    return true;
  }
}
