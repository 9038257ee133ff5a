import { html } from 'hono/html';
import type { SentMessage } from '../../sandbox/inbox.ts';
import type { Message } from '../../sandbox/message.ts';
import { type Html, timeElement } from './html.ts';

type Attachment = Extract<Message, { url: string }>;
type Template = Extract<Message, { type: 'whatsapp_template' }>['template'];

const nouns = { image: 'picture', video: 'video', audio: 'recording', file: 'file' };

/** Returns the last segment of a path, decoded if possible. */
function fileName(path: string): string {
  const name = path.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * Draws an attachment as a link. Only a picture that this machine serves is also shown, because the page must neither tell
 * other hosts that it was opened nor wait for them.
 */
function attachment({ type, url }: Attachment, filename = ''): Html {
  const { hostname, pathname } = new URL(url);
  const name = filename || fileName(pathname) || hostname;
  const isShown = type === 'image' && ['127.0.0.1', 'localhost'].includes(hostname);
  return html`<div>${isShown && html`<img src="${url}" alt="${name}">`}
    <a href="${url}" target="_blank" rel="noreferrer"><span class="name">${name}</span>
      <span class="small muted">${nouns[type]} from ${hostname}</span></a></div>`;
}

/** Returns the texts of a message's quick replies. */
function repliesOf(message: Message): readonly string[] {
  if (message.type === 'quick_reply') return message.replies;
  if (message.type !== 'whatsapp_template') return [];
  const buttons = message.template.components.flatMap((part) =>
    part.type === 'buttons' ? part.buttons : [],
  );
  return buttons.filter(({ type }) => type === 'quick_reply').map(({ text }) => text);
}

/** Draws a template's text with its variables filled in and marked. */
function filledIn(text: string, parameters: readonly { text: string }[] = []): (string | Html)[] {
  return text
    .split(/\{\{(\d+)\}\}/)
    .map((piece, index) =>
      index % 2 === 0 ? piece : html`<mark>${parameters[Number(piece) - 1]?.text}</mark>`,
    );
}

type Component = Template['components'][number];

/** Draws a template's header: a picture, video, document or line of text. */
function headerOf(header: Extract<Component, { type: 'header' }>): Html {
  switch (header.format) {
    case 'text':
      return html`<p class="text title" dir="auto">${filledIn(header.text, header.parameters)}</p>`;
    case 'image':
      return attachment({ type: 'image', url: header.parameters[0].image.link });
    case 'video':
      return attachment({ type: 'video', url: header.parameters[0].video.link });
    case 'document': {
      const { link, filename } = header.parameters[0].document;
      return attachment({ type: 'file', url: link }, filename);
    }
  }
}

/** Draws the links of a template's buttons. Its quick replies are drawn like any message's. */
function linkButtons({ buttons }: Extract<Component, { type: 'buttons' }>): Html {
  const links = buttons.filter((button) => button.type === 'url');
  return html`<ul aria-label="Links">${links.map(({ text, url, parameters = [] }) => {
    const filled = url.replaceAll(
      /\{\{(\d+)\}\}/g,
      (_, number) => parameters[Number(number) - 1]?.text ?? '',
    );
    return html`<li><a class="reply" href="${filled}" target="_blank" rel="noreferrer" dir="auto">${text}</a></li>`;
  })}</ul>`;
}

function component(part: Component): Html {
  switch (part.type) {
    case 'header':
      return headerOf(part);
    case 'body':
      return html`<p class="text" dir="auto">${filledIn(part.text, part.parameters)}</p>`;
    case 'buttons':
      return linkButtons(part);
  }
}

/** Draws the quick replies that the contact can press. */
function quickReplies(message: Message): Html | '' {
  const replies = repliesOf(message);
  return replies.length === 0
    ? ''
    : html`<ul aria-label="Quick replies">${replies.map(
        (reply) => html`<li class="reply" dir="auto">${reply}</li>`,
      )}</ul>`;
}

function content({ message }: SentMessage): Html {
  switch (message.type) {
    case 'text':
      return html`<p class="text" dir="auto">${message.text}</p>`;
    case 'quick_reply':
      return html`<p class="text" dir="auto">${message.title}</p>`;
    case 'whatsapp_template':
      return html`${message.template.components.map(component)}`;
    default:
      return attachment(message);
  }
}

/** Draws the line below a message: facts that only the sender knows, and the time. */
function footer({ message, forceCancelSurvey, at }: SentMessage): Html {
  const { name, languageCode } = message.type === 'whatsapp_template' ? message.template : {};
  return html`<p class="small muted">${name && `Template ${name}, ${languageCode} · `}${
    forceCancelSurvey && 'Ends a running survey · '
  }${timeElement(new Date(at * 1000))}</p>`;
}

/** Draws a message as the contact sees it. */
export function bubble(sent: SentMessage): Html {
  return html`<li class="bubble" id="message-${sent.id}">${content(sent)}${quickReplies(sent.message)}${footer(sent)}</li>`;
}
