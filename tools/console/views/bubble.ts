import { html } from 'hono/html';
import type { Message } from '../../sandbox/bodies.ts';
import type { SentMessage } from '../../sandbox/inbox.ts';
import { type Html, timeElement } from './html.ts';

type Attachment = Extract<Message, { url: string }>;
type Template = Extract<Message, { type: 'whatsapp_template' }>['template'];

const nouns = { image: 'picture', video: 'video', audio: 'recording', file: 'file' };

function player({ type, url }: Attachment): Html {
  switch (type) {
    case 'image':
      return html`<img src="${url}" alt="The picture, if it can be loaded" loading="lazy">`;
    case 'video':
      return html`<video src="${url}" controls preload="none"></video>`;
    case 'audio':
      return html`<audio src="${url}" controls preload="none"></audio>`;
    case 'file':
      return html``;
  }
}

/** The last part of a path, as people write it. */
function fileName(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * A card with the link. Nothing is fetched before someone asks for it, save what this machine serves itself:
 * a page must not tell other hosts that it was opened, nor wait for them.
 */
function attachment(message: Attachment, id: string): Html {
  const { type, url } = message;
  const { hostname, pathname } = new URL(url);
  const name = fileName(pathname) || hostname;
  const isLocal = hostname === '127.0.0.1' || hostname === 'localhost';
  return html`<div class="attachment ${type}">
    ${
      type !== 'file' &&
      html`<details id="media-${id}" ${isLocal && 'open'}><summary>Show the ${nouns[type]}</summary>${player(message)}</details>`
    }
    <a href="${url}" target="_blank" rel="noreferrer"><span class="name">${name}</span>
      <span class="small">${nouns[type]} from ${hostname}</span></a>
  </div>`;
}

/** A template's text with its parameters filled in, each of them marked. */
function template({ name, languageCode, components: [{ text, parameters = [] }] }: Template): Html {
  const pieces = text.split(/\{\{(\d+)\}\}/);
  const filled = pieces.map((piece, place) =>
    place % 2 === 0 ? piece : html`<mark>${parameters[Number(piece) - 1]?.text}</mark>`,
  );
  return html`<p class="text" dir="auto">${filled}</p><p class="small">Template ${name}, ${languageCode}</p>`;
}

function content({ message, id }: SentMessage): Html {
  switch (message.type) {
    case 'text':
      return html`<p class="text" dir="auto">${message.text}</p>`;
    case 'quick_reply':
      return html`<p class="text" dir="auto">${message.title}</p>
        <ul class="replies" aria-label="Quick replies">${message.replies.map((reply) => html`<li dir="auto">${reply}</li>`)}</ul>`;
    case 'whatsapp_template':
      return template(message.template);
    default:
      return attachment(message, id);
  }
}

/** A message as the contact sees it. */
export function bubble(sent: SentMessage): Html {
  return html`<li class="bubble" id="message-${sent.id}">${content(sent)}
    <p class="small muted">${sent.forceCancelSurvey && 'Ends a running survey · '}${timeElement(new Date(sent.at * 1000))}</p></li>`;
}
