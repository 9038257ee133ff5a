import { html } from 'hono/html';
import { standardFields } from '../../../src/models/contact.ts';
import type { Contact } from '../../sandbox/store.ts';
import type { ConsoleState } from '../state.ts';
import { bubble } from './bubble.ts';
import { conversationUrl, nameOf, tagList } from './contacts.ts';
import { type Html, pairs } from './html.ts';

const labels = new Map<string, string>(standardFields.map(({ key, label }) => [key, label]));

function fields({ custom_fields, id }: Contact): Html {
  const shown = Object.fromEntries(
    Object.entries(custom_fields).map(([name, value]) => [labels.get(name) ?? name, String(value ?? '')]),
  );
  return html`<details id="details-of-${id}"><summary>Fields</summary>${pairs(shown)}</details>`;
}

function contactView(state: ConsoleState, contact: Contact): Html {
  const messages = state.sandbox.store.messagesOf(contact.id);
  return html`<header><div class="bar"><h2><bdi>${nameOf(contact)}</bdi></h2>
      <button type="button" class="use-contact" form="step-form" hx-post="/contact-id" hx-include="#open-contact"
        hx-target="#fields" hx-swap="innerHTML">Use as Contact ID</button></div>
      <p class="muted">ID <code>${contact.id}</code></p>
      ${tagList(contact.tags)}${fields(contact)}</header>
    <div class="bubbles" tabindex="0" role="region" aria-label="Conversation with ${nameOf(contact)}">
      ${
        messages.length === 0
          ? html`<p class="empty">Nothing was sent to this contact yet.<br>Run Send Message to see it here.</p>`
          : html`<ol>${messages.map(bubble)}</ol>`
      }
    </div>`;
}

/**
 * Draws a contact and the messages sent to it; the page keeps them up to date. The frame #open-conversation stays when
 * another contact is opened, so that an answer that is still under way has a target.
 */
export function conversation(state: ConsoleState, id = ''): Html {
  const contact = state.sandbox.store.get(id);
  return html`<section id="conversation" aria-label="Contact" hx-get="${conversationUrl(id)}"
    hx-trigger="channel from:document" hx-swap="outerMorph">
    <input type="hidden" id="open-contact" name="open" value="${id}">
    ${contact ? contactView(state, contact) : html`<p class="empty">No contact is open. Choose one from the list.</p>`}
  </section>`;
}

/**
 * Returns a part of an answer that opens a contact in #open-conversation, whatever the rest replaces. With `insteadOf`, it
 * does so only while the contact with that ID is open, because the user may open another one before the answer arrives.
 */
export function conversationUpdate(state: ConsoleState, id: string, insteadOf?: string): Html {
  const whileOpen = insteadOf === undefined ? '' : `:has([hx-get="${conversationUrl(insteadOf)}"])`;
  return html`<hx-partial hx-target="#open-conversation${whileOpen}" hx-swap="innerHTML">${conversation(state, id)}</hx-partial>`;
}
