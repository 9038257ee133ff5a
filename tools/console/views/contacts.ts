import { html } from 'hono/html';
import type { Contact } from '../../sandbox/contact.ts';
import type { ConsoleState } from '../state.ts';
import { count, type Html, timeElement } from './html.ts';

const shownContacts = 50;

/** What people call a contact. */
export function nameOf({ id, custom_fields: { firstName, lastName, phone, email } }: Contact): string {
  const name = [firstName, lastName].filter(Boolean).join(' ');
  return String(name || phone || email || id);
}

/** Where a contact's conversation is. */
export function conversationUrl(id: string): string {
  return `/conversation?open=${encodeURIComponent(id)}`;
}

/** A contact's tags. */
export function tagList(tags: readonly string[]): Html | '' {
  return tags.length === 0
    ? ''
    : html`<span class="tags">${tags.map((tag) => html`<span class="tag">${tag}</span>`)}</span>`;
}

function contactRow(contact: Contact, sent: number, isOpen: boolean): Html {
  const { id, custom_fields, tags, created_at } = contact;
  return html`<li id="contact-${id}"><button type="button" class="contact" id="open-${id}" ${isOpen && html`aria-current="true"`}
    hx-get="${conversationUrl(id)}" hx-target="#conversation" hx-swap="outerHTML">
      <span class="line"><bdi class="name">${nameOf(contact)}</bdi>
        <span class="muted small">${timeElement(new Date(created_at * 1000))}</span></span>
      <span class="line small"><span class="muted">${custom_fields.phone ?? id}</span>
        ${sent > 0 && html`<span class="muted">${count(sent, 'message')}</span>`}</span>
      ${tagList(tags)}
  </button></li>`;
}

/** The newest contacts that hold a text, those that forms suggest as well. */
export function contactList({ sandbox: { store } }: ConsoleState, search = '', open = ''): Html {
  const contacts = store.list({ text: search.trim(), limit: shownContacts });
  const { total } = store.page({ order: 'newest_first' }, 1);
  const told = search.trim() ? `${contacts.length} found` : `${count(total, 'contact')}, newest first`;
  return html`<p class="note" id="contacts-told" role="status">${told}</p>
    <ul>${contacts.map((contact) => contactRow(contact, store.messagesOf(contact.id).length, contact.id === open))}</ul>
    <datalist id="contact-ids">${contacts.map(
      (contact) => html`<option value="${contact.id}">${nameOf(contact)}</option>`,
    )}</datalist>`;
}
