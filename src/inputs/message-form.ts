import type { PlainInputField } from 'zapier-platform-core';
import { charactersPerText, charactersPerTitle, repliesPerMessage } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import type { Message } from '../models/message.ts';
import { fileField, parseUrlOrFile, withCode } from './links.ts';
import { parseLines } from './lists.ts';
import {
  type Input,
  type Inputs,
  joined,
  parseRequiredText,
  parseText,
  quoted,
  requireLength,
  trimmed,
} from './values.ts';

/** A message type: its label, the fields of its form, and its translation for the API. */
interface MessageType {
  label: string;
  fields: PlainInputField[];
  /** Throws an input error if the fields make no message, or one that WhatsApp would not deliver. */
  parse: (inputs: Inputs, isWhatsApp: boolean) => Message;
}

const text: MessageType = {
  label: 'Text',
  fields: [
    {
      key: 'text',
      label: 'Text',
      type: 'text',
      required: true,
      helpText: 'Sent exactly as it is written here.',
    },
  ],
  parse: (inputs, isWhatsApp) => {
    const typed = parseRequiredText('Text', joined('Text', inputs.text), 'Write the message to send.');
    return { type: 'text', text: isWhatsApp ? requireLength('Text', typed, charactersPerText) : typed };
  },
};

/** An attachment, which the platform downloads from its link. */
function attachment(type: 'image' | 'video' | 'audio' | 'file', label: string, example: string): MessageType {
  const instead = `Enter a public link that opens the ${type} directly, like "https://example.com/${example}".`;
  return {
    label,
    fields: [{ key: 'url', label: 'URL', helpText: withCode(instead) }, fileField('file', 'File', 'URL')],
    parse: ({ url, file }) => ({ type, url: parseUrlOrFile('URL', url, 'File', file, instead) }),
  };
}

const quickReply: MessageType = {
  label: 'Quick Replies',
  fields: [
    { key: 'title', label: 'Title', type: 'text', required: true, helpText: 'The text above the buttons.' },
    {
      key: 'replies',
      label: 'Replies',
      list: true,
      required: true,
      helpText: `The text of each button, in its own box, or several in one box separated by line breaks. Up to ${repliesPerMessage} buttons. On most channels a button can have up to 20 characters.`,
    },
  ],
  parse: (inputs, isWhatsApp) => {
    const typed = joined('Title', inputs.title);
    const title = parseRequiredText('Title', typed, 'Write the text above the buttons.');
    const replies = parseLines('Replies', inputs.replies);
    if (replies.length === 0 || replies.length > repliesPerMessage) {
      throw badInput(
        `The Replies field has ${replies.length} replies. Fill in at least 1 and at most ${repliesPerMessage}.`,
      );
    }
    if (isWhatsApp) {
      requireLength('Title', title, charactersPerTitle);
      const texts = replies.map(trimmed);
      const repeated = texts.find((text, place) => texts.indexOf(text) < place);
      if (repeated !== undefined) {
        throw badInput(
          `The Replies field has "${repeated}" more than once. WhatsApp takes no equal replies: change or remove one.`,
        );
      }
    }
    return { type: 'quick_reply', title, replies };
  },
};

/** The message types by their names in the API. */
export const messageTypes = new Map([
  ['text', text],
  ['image', attachment('image', 'Image', 'photo.jpg')],
  ['video', attachment('video', 'Video', 'clip.mp4')],
  ['audio', attachment('audio', 'Audio', 'voice.mp3')],
  ['file', attachment('file', 'File', 'invoice.pdf')],
  ['quick_reply', quickReply],
]);

const chosenType = (input: Input): MessageType | undefined =>
  messageTypes.get(parseText('Message Type', input) || 'text');

export const messageFields = (inputs: Inputs): PlainInputField[] =>
  chosenType(inputs.message_type)?.fields ?? [];

/** Returns the message. Throws an input error for one that a WhatsApp channel would accept and never deliver. */
export function parseMessage(inputs: Inputs, isWhatsApp: boolean): Message {
  const type = chosenType(inputs.message_type);
  if (!type) {
    throw badInput(
      `The Message Type field must be one of: ${quoted([...messageTypes.values()].map(({ label }) => label))}. Choose it from the list.`,
    );
  }
  return type.parse(inputs, isWhatsApp);
}
