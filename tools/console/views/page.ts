import { html } from 'hono/html';
import type { Step } from '../definition.ts';
import type { ConsoleState } from '../state.ts';
import { connectionName } from './connection.ts';
import { contactList } from './contacts.ts';
import { conversation } from './conversation.ts';
import { developerTools } from './faults.ts';
import type { Html } from './html.ts';
import { link } from './link.ts';

// Details that the user opened stay open when their surroundings are redrawn.
const htmxConfig = JSON.stringify({
  includeIndicatorCSS: false,
  history: 'reload',
  morphIgnore: ['data-htmx-powered', 'open'],
});

// These scripts are not deferred, because htmx would start before its extension has arrived.
const scripts = ['/htmx.js', '/htmx-sse.js'];

const groups: [title: string, kinds: Step['kind'][]][] = [
  ['Triggers', ['Trigger']],
  ['Searches', ['Search', 'Search or create']],
  ['Actions', ['Action']],
];

/** The name of the front page in the address. */
export const startPlace = 'start';

function navLink(place: string, label: string, current: string): Html {
  return link(place, label, html`id="to-${place}" ${place === current && html`aria-current="page"`}`);
}

function navigation({ definition: { steps } }: ConsoleState, current: string): Html {
  return html`<nav id="steps" aria-label="Steps" popover>
    <div role="group" aria-label="Setup"><h2>Setup</h2>${navLink(startPlace, 'Start', current)}${navLink('connection', 'Connection', current)}</div>
    ${groups.map(
      ([title, kinds]) =>
        html`<div role="group" aria-label="${title}"><h2>${title}</h2>
          ${steps.filter(({ kind }) => kinds.includes(kind)).map(({ place, label }) => navLink(place, label, current))}</div>`,
    )}
  </nav>`;
}

function channel(state: ConsoleState, open: string): Html {
  return html`<aside id="channel" aria-label="Channel">
    <div class="inbox"><h2>Channel</h2>
      <input type="search" id="search" name="search" aria-label="Search contacts" placeholder="Search contacts"
        autocomplete="off" hx-get="/contacts" hx-trigger="input changed delay:200ms" hx-include="#open-contact"
        hx-target="#contacts" hx-swap="innerMorph" hx-sync="this:replace">
      <div id="contacts" hx-get="/contacts" hx-trigger="channel from:document, opened from:document"
        hx-include="#search,#open-contact" hx-swap="innerMorph">${contactList(state, '', open)}</div>
      ${developerTools(state)}
    </div>
    <div id="open-conversation">${conversation(state, open)}</div>
  </aside>`;
}

/** A page's title and content. */
export interface Panel {
  place: string;
  title: string;
  panel: Html;
}

/** What a page needs beside the console's state. */
interface Shown extends Panel {
  /** The ID of the contact whose conversation is open. */
  open: string | undefined;
  /** The revision of the state, read before the page was drawn, so that no later change is missed. */
  revision: string;
}

/** Draws the whole page: the steps on the left, the contacts on the right. */
export function page(state: ConsoleState, { panel, place, title, open = '', revision }: Shown): Html {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} · Channel console</title>
    <meta name="htmx-config" content="${htmxConfig}">
    <link rel="icon" href="/icon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/style.css">
    ${scripts.map((path) => html`<script src="${path}"></script>`)}
  </head>
  <body hx-sse:connect="/events?since=${revision}">
    <header id="top">
      <button type="button" id="menu" popovertarget="steps">All steps</button>
      <p class="brand"><b>Channel console</b> <span class="muted">integration ${state.definition.version}</span></p>
      ${connectionName(state)}
      <div class="jump"><a href="#step">This step</a><a href="#channel">Contacts</a></div>
    </header>
    <div id="left">${navigation(state, place)}<main id="step">${panel}</main></div>
    ${channel(state, open)}
    <p id="announcement" class="visually-hidden" role="status"></p>
  </body>
</html>`;
}
