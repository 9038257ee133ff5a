import type { Message } from './bodies.ts';

/** A message as it was sent. `at` is in Unix seconds. */
export interface SentMessage {
  readonly id: string;
  readonly contactId: string;
  readonly at: number;
  readonly message: Message;
  readonly forceCancelSurvey: boolean;
}

/** The conversations: what was sent to each contact, newest last. */
export class Inbox {
  readonly #conversations = new Map<string, SentMessage[]>();
  #sent = 0;

  send(draft: Omit<SentMessage, 'id'>): SentMessage {
    const sent = { id: String(++this.#sent), ...draft };
    const conversation = this.#conversations.get(draft.contactId) ?? [];
    conversation.push(sent);
    this.#conversations.set(draft.contactId, conversation);
    return sent;
  }

  messagesOf(contactId: string): readonly SentMessage[] {
    return this.#conversations.get(contactId) ?? [];
  }

  delete(contactId: string): void {
    this.#conversations.delete(contactId);
  }
}
