import type { PlainInputField } from 'zapier-platform-core';
import { repliesPerMessage } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import { count } from '../failures/wording.ts';
import type { Message } from '../models/message.ts';
import { type Input, parseList, parseRequiredText, parseText } from './values.ts';

type Inputs = Record<string, Input>;

/** One type of message: its label, the fields of its form, and how the API takes it. */
interface MessageType {
  label: string;
  fields: PlainInputField[];
  /** Throws bad input where the fields do not make a message. */
  parse: (inputs: Inputs) => Message;
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
  parse: (inputs) => ({
    type: 'text',
    text: parseRequiredText('Text', inputs.text, 'Write the message to send.'),
  }),
};

/** An attachment, which the platform fetches from its address. */
function attachment(type: 'image' | 'video' | 'audio' | 'file', label: string, example: string): MessageType {
  const instead = `Give a public link straight to the ${type}, like \`https://example.com/${example}\`.`;
  return {
    label,
    fields: [{ key: 'url', label: 'URL', required: true, helpText: instead }],
    parse: (inputs) => {
      const url = parseRequiredText('URL', inputs.url, instead).trim();
      if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
        throw badInput(`The URL field does not hold a link that starts with http:// or https://. ${instead}`);
      }
      return { type, url };
    },
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
      helpText: `The text of each button: up to ${repliesPerMessage} buttons; on most channels each may have up to 20 characters.`,
    },
  ],
  parse: (inputs) => {
    const title = parseRequiredText('Title', inputs.title, 'Write the text above the buttons.');
    const replies = parseList('Replies', inputs.replies).filter((reply) => reply.trim() !== '');
    if (replies.length === 0 || replies.length > repliesPerMessage) {
      throw badInput(
        `The Replies field holds ${replies.length} replies. Fill in at least 1 and at most ${repliesPerMessage}.`,
      );
    }
    return { type: 'quick_reply', title, replies };
  },
};

/** The values for a template's `{{1}}`, `{{2}}`…, one for each. Throws bad input where they do not fit. */
function parseParameters(templateText: string, input: Input): string[] {
  const variables = new Set([...templateText.matchAll(/{{(\d+)}}/g)].map(([, number]) => Number(number)));
  const values = parseList('Template Parameters', input);
  const parameters = values.slice(0, values.findLastIndex((value) => value.trim() !== '') + 1);
  const gap = [...variables].find((number) => number < 1 || number > variables.size);
  if (gap !== undefined) {
    throw badInput(
      `The Template Text field holds {{${gap}}}, but variables must be numbered from {{1}} on, without gaps. Copy the text of the approved template.`,
    );
  }
  if (parameters.length !== variables.size) {
    throw badInput(
      `The Template Text field has ${count(variables.size, 'variable')} and the Template Parameters field ${count(parameters.length, 'value')}. Fill in one value for each variable, in their order.`,
    );
  }
  const empty = parameters.findIndex((parameter) => parameter.trim() === '');
  if (empty >= 0) {
    throw badInput(
      `The Template Parameters field has no value for {{${empty + 1}}}. Fill in a value for each variable.`,
    );
  }
  return parameters;
}

const whatsappTemplate: MessageType = {
  label: 'WhatsApp Template',
  fields: [
    {
      key: 'template_name',
      label: 'Template Name',
      required: true,
      helpText: 'The name under which WhatsApp approved it, like `order_update`.',
    },
    {
      key: 'template_language',
      label: 'Template Language',
      required: true,
      helpText: 'The code of the approved language, like `en` or `es_MX`.',
    },
    {
      key: 'template_text',
      label: 'Template Text',
      type: 'text',
      required: true,
      helpText: 'The approved text, copied exactly, with `{{1}}`, `{{2}}`… where its variables stand.',
    },
    {
      key: 'template_parameters',
      label: 'Template Parameters',
      list: true,
      helpText:
        'The values for `{{1}}`, `{{2}}`… in their order, one for each. Leave empty if the text has none.',
    },
  ],
  parse: (inputs) => {
    const name = parseRequiredText(
      'Template Name',
      inputs.template_name,
      'Copy the name of the approved template.',
    );
    const languageCode = parseRequiredText(
      'Template Language',
      inputs.template_language,
      'Fill in the code of the approved language, like en.',
    );
    const text = parseRequiredText(
      'Template Text',
      inputs.template_text,
      'Copy the text of the approved template.',
    );
    const parameters = parseParameters(text, inputs.template_parameters).map((value) => ({
      type: 'text',
      text: value,
    }));
    const body = { type: 'body', text, ...(parameters.length > 0 && { parameters }) };
    return {
      type: 'whatsapp_template',
      template: { name: name.trim(), languageCode: languageCode.trim(), components: [body] },
    };
  },
};

/** Every type of message, by the name that the API gives it. */
export const messageTypes = new Map([
  ['text', text],
  ['image', attachment('image', 'Image', 'photo.jpg')],
  ['video', attachment('video', 'Video', 'clip.mp4')],
  ['audio', attachment('audio', 'Audio', 'voice.mp3')],
  ['file', attachment('file', 'File', 'invoice.pdf')],
  ['quick_reply', quickReply],
  ['whatsapp_template', whatsappTemplate],
]);

function chosenType(input: Input): MessageType | undefined {
  return messageTypes.get(parseText('Message Type', input) || 'text');
}

/** The fields that the form shows for a type of message. */
export function messageFields(type: Input): PlainInputField[] {
  return chosenType(type)?.fields ?? [];
}

/** The message that the user filled in; a text where no type is chosen. Throws bad input where it is none. */
export function parseMessage(inputs: Inputs): Message {
  const type = chosenType(inputs.message_type);
  if (!type) {
    throw badInput(`The Message Type field must be one of: ${[...messageTypes.keys()].join(', ')}.`);
  }
  return type.parse(inputs);
}
