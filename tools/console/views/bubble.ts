import { html } from 'hono/html';
import type { Message } from '../../sandbox/bodies.ts';
import type { SentMessage } from '../../sandbox/inbox.ts';
import { type ContactAnswer, repliesOf } from '../contact-answers.ts';
import { type Html, timeElement } from './html.ts';

type Attachment = Extract<Message, { url: string }>;
type Template = Extract<Message, { type: 'whatsapp_template' }>['template'];

const nouns = { image: 'picture', video: 'video', audio: 'recording', file: 'file' };

/** A lazy one, folded away, fetches nothing. */
function player({ type, url }: Attachment, isLazy: boolean): Html {
  switch (type) {
    case 'image':
      return html`<img src="${url}" alt="The picture, if it can be loaded" ${isLazy && html`loading="lazy"`}>`;
    case 'video':
      return html`<video src="${url}" controls preload="none"></video>`;
    case 'audio':
      return html`<audio src="${url}" controls preload="none"></audio>`;
    case 'file':
      return html``;
  }
}

/** The last segment of a path, decoded where it can be. */
function fileName(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function foldedPlayer(message: Attachment, id: string): Html | '' {
  if (message.type === 'file') return '';
  const title = `Show the ${nouns[message.type]}`;
  return html`<details id="media-${id}"><summary>${title}</summary>${player(message, true)}</details>`;
}

/**
 * A card with the link. Nothing is fetched before someone asks for it, save what this machine serves itself:
 * a page must not tell other hosts that it was opened, nor wait for them.
 */
function attachment(message: Attachment, id: string, filename = ''): Html {
  const { type, url } = message;
  const { hostname, pathname } = new URL(url);
  const name = filename || fileName(pathname) || hostname;
  const isLocal = hostname === '127.0.0.1' || hostname === 'localhost';
  return html`<div class="attachment ${type}">
    ${isLocal ? player(message, false) : foldedPlayer(message, id)}
    <a href="${url}" target="_blank" rel="noreferrer"><span class="name">${name}</span>
      <span class="small">${nouns[type]} from ${hostname}</span></a>
  </div>`;
}

/** A template's text with its parameters filled in, each of them marked. */
function filledIn(text: string, parameters: readonly { text: string }[] = []): (string | Html)[] {
  return text
    .split(/\{\{(\d+)\}\}/)
    .map((piece, index) =>
      index % 2 === 0 ? piece : html`<mark>${parameters[Number(piece) - 1]?.text}</mark>`,
    );
}

type Component = Template['components'][number];

/** The picture, video, document or line above a template's text. */
function headerOf(header: Extract<Component, { type: 'header' }>, id: string): Html {
  switch (header.format) {
    case 'text':
      return html`<p class="text title" dir="auto">${filledIn(header.text, header.parameters)}</p>`;
    case 'image':
      return attachment({ type: 'image', url: header.parameters[0].image.link }, id);
    case 'video':
      return attachment({ type: 'video', url: header.parameters[0].video.link }, id);
    case 'document': {
      const { link, filename } = header.parameters[0].document;
      return attachment({ type: 'file', url: link }, id, filename);
    }
  }
}

/** The links of a template's buttons; its quick replies are shown as those of any message. */
function linkButtons({ buttons }: Extract<Component, { type: 'buttons' }>): Html {
  const links = buttons.filter((button) => button.type === 'url');
  return html`<ul class="replies" aria-label="Links">${links.map(({ text, url, parameters = [] }) => {
    const filled = url.replaceAll(
      /\{\{(\d+)\}\}/g,
      (_, number) => parameters[Number(number) - 1]?.text ?? '',
    );
    return html`<li><a class="button" href="${filled}" target="_blank" rel="noreferrer" dir="auto">${text}</a></li>`;
  })}</ul>`;
}

function component(part: Component, id: string): Html {
  switch (part.type) {
    case 'header':
      return headerOf(part, id);
    case 'body':
      return html`<p class="text" dir="auto">${filledIn(part.text, part.parameters)}</p>`;
    case 'buttons':
      return linkButtons(part);
  }
}

/** Buttons that the contact can press once. */
function quickReplies({ contactId, id, message }: SentMessage, answer: string | undefined): Html | '' {
  const replies = repliesOf(message);
  const url = `/conversation/answer?open=${encodeURIComponent(contactId)}&message=${encodeURIComponent(id)}`;
  return replies.length === 0
    ? ''
    : html`<ul class="replies" aria-label="Quick replies">${replies.map(
        (reply) =>
          html`<li><button type="button" dir="auto" ${answer !== undefined && 'disabled'} ${answer === reply && html`aria-pressed="true"`}
            hx-post="${url}&text=${encodeURIComponent(reply)}" hx-swap="none">${reply}</button></li>`,
      )}</ul>`;
}

function content({ message, id }: SentMessage): Html {
  switch (message.type) {
    case 'text':
      return html`<p class="text" dir="auto">${message.text}</p>`;
    case 'quick_reply':
      return html`<p class="text" dir="auto">${message.title}</p>`;
    case 'whatsapp_template':
      return html`${message.template.components.map((part) => component(part, id))}`;
    default:
      return attachment(message, id);
  }
}

/** What stands below a message: what only the sender knows, and when it was sent. */
function footer({ message, forceCancelSurvey, at }: SentMessage): Html {
  const { name, languageCode } = message.type === 'whatsapp_template' ? message.template : {};
  return html`<p class="small muted">${name && `Template ${name}, ${languageCode} · `}${
    forceCancelSurvey && 'Ends a running survey · '
  }${timeElement(new Date(at * 1000))}</p>`;
}

/** A message as the contact sees it; `answer` is the quick reply that was pressed. */
export function bubble(sent: SentMessage, answer?: string): Html {
  return html`<li class="bubble" id="message-${sent.id}">${content(sent)}${quickReplies(sent, answer)}${footer(sent)}</li>`;
}

/** What the contact answered. */
export function answerBubble({ messageId, text, at }: ContactAnswer): Html {
  return html`<li class="bubble from-contact" id="answer-${messageId}"><p class="text" dir="auto">${text}</p>
    <p class="small muted">From the contact, shown on this page only · ${timeElement(at)}</p></li>`;
}
