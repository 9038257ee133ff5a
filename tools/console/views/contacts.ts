import { html } from 'hono/html';
import type { Contact } from '../../sandbox/store.ts';
import type { ConsoleState } from '../state.ts';
import { count, grouped, type Html, timeElement } from './html.ts';
import { link } from './link.ts';

const shownContacts = 50;
const shownTags = 4;

/** Returns the name to show for a contact: first and last name, or else its phone, e-mail or ID. */
export function nameOf({ id, custom_fields: { firstName, lastName, phone, email } }: Contact): string {
  const name = [firstName, lastName].filter(Boolean).join(' ');
  return String(name || phone || email || id);
}

export function conversationUrl(id: string): string {
  return `/conversation?open=${encodeURIComponent(id)}`;
}

/** Draws a contact's first tags and the number of the others. */
export function tagList(tags: readonly string[], most = Number.POSITIVE_INFINITY): Html | '' {
  if (tags.length === 0) return '';
  const left = tags.length - most;
  return html`<span class="tags">${tags.slice(0, most).map((tag) => html`<bdi class="tag" title="${tag}">${tag}</bdi>`)}
    ${left > 0 && html`<span class="muted small">and ${grouped.format(left)} more</span>`}</span>`;
}

function contactRow(contact: Contact, sent: number, isOpen: boolean): Html {
  const { id, custom_fields, tags, created_at } = contact;
  return html`<li id="contact-${id}"><button type="button" class="contact" id="open-${id}" ${isOpen && html`aria-current="true"`}
    hx-get="${conversationUrl(id)}" hx-target="#open-conversation" hx-swap="innerHTML"
    hx-sync="#open-conversation:replace">
      <span class="line"><bdi class="name">${nameOf(contact)}</bdi>
        <span class="muted small">${timeElement(new Date(created_at * 1000))}</span></span>
      <span class="line small"><bdi class="muted detail">${custom_fields.phone || id}</bdi>
        ${sent > 0 && html`<span class="muted">${count(sent, 'message')}</span>`}</span>
      ${tagList(tags, shownTags)}
  </button></li>`;
}

/** Draws the newest contacts that hold a text. Forms suggest these contacts too. */
export function contactList({ sandbox: { store } }: ConsoleState, search = '', open = ''): Html {
  const found = store.list({ text: search.trim(), limit: shownContacts + 1 });
  const contacts = found.slice(0, shownContacts);
  const isMore = found.length > shownContacts;
  const total = store.count();
  const told = search.trim()
    ? `${isMore ? `The first ${shownContacts} of those` : contacts.length} found`
    : `${count(total, 'contact')}, newest first${isMore ? `, ${shownContacts} shown` : ''}`;
  const empty = search.trim()
    ? `No contact has “${search.trim()}” in its ID, a field or a tag. Try less of it, or empty the search.`
    : html`The channel has no contacts yet. Add one with ${link('creates.create_contact', 'Create Contact')}.`;
  return html`<p class="note" id="contacts-told" role="status">${told}</p>
    ${contacts.length === 0 && html`<p class="empty">${empty}</p>`}
    <ul>${contacts.map((contact) => contactRow(contact, store.messagesOf(contact.id).length, contact.id === open))}</ul>
    <datalist id="contact-ids">${contacts.map(
      (contact) => html`<option value="${contact.id}">${nameOf(contact)}</option>`,
    )}</datalist>`;
}
