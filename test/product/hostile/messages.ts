import fc from 'fast-check';
import { input, text } from './arbitraries.ts';
import {
  body,
  contact_id,
  type HostileOperation,
  type Inputs,
  isFilled,
  mostly,
  segment,
  typed,
} from './operation.ts';

/** A message of one type, all of whose inputs are hostile. */
function message(
  message_type: string,
  inputs: Record<string, fc.Arbitrary<unknown>>,
  arrivals: (inputs: Inputs, message: Record<string, unknown>) => [unknown, unknown][],
): HostileOperation {
  return {
    place: 'creates.send_message',
    inputs: fc.record({ contact_id, message_type: fc.constant(message_type), ...inputs }),
    requests: ['POST /api/v1/message/sendContent/{…}'],
    arrivals: (given, requests) => [
      [typed(given.contact_id).trim(), segment(requests, 5)],
      ...arrivals(given, body(requests).body[0]),
    ],
  };
}

/** A template's text that needs nothing else. */
const approved = {
  template_name: fc.constant('ready'),
  template_language: fc.constant('en'),
  template_text: fc.constant('Ready'),
};
const components = (sent: Record<string, unknown>) => Object(sent.template).components ?? [];
/** The line items in which something is filled in. */
const rowsOf = (items: unknown) =>
  [items]
    .flat()
    .map(Object)
    .filter((row) => Object.values(row).some(isFilled));

/** Every kind of message. */
export const messages: HostileOperation[] = [
  message(
    'text',
    { text: input('text'), force_cancel_survey: mostly(['yes', false, undefined]) },
    ({ text }, sent) => [[typed(text), sent.text]],
  ),
  message(
    'image',
    {
      url: fc.oneof(
        input('text'),
        text.map((end) => `https://example.com/${end}`),
      ),
    },
    ({ url }, sent) => [[typed(url).trim(), sent.url]],
  ),
  message('quick_reply', { title: input('text'), replies: input('list') }, ({ title }, sent) => [
    [typed(title), sent.title],
  ]),
  message(
    'whatsapp_template',
    {
      template_name: text,
      template_language: text,
      template_text: fc.oneof(text, fc.constantFrom('Hi {{1}}, {{2}}!', '{{1}}{{3}}')),
      template_parameters: fc.oneof(fc.array(text, { maxLength: 2 }), input('list')),
    },
    ({ template_text }, sent) => [[template_text, components(sent)[0]?.text]],
  ),
  message(
    'whatsapp_template',
    {
      ...approved,
      template_header_type: mostly(['text', 'image', 'video', 'document', '']),
      template_header_text: mostly(['Hi']),
      template_header_parameters: mostly([undefined]),
      template_header_url: mostly(['https://example.com/a.jpg']),
      template_header_filename: input('text'),
    },
    ({ template_header_filename, template_header_type }, sent) => {
      const [{ parameters }] = components(sent);
      const isNamed = isFilled(template_header_filename) && typed(template_header_filename).trim() !== '';
      const isMedia = isFilled(template_header_type) && template_header_type !== 'text';
      return isNamed && isMedia
        ? [[typed(template_header_filename), parameters[0][parameters[0].type].filename]]
        : [];
    },
  ),
  message(
    'whatsapp_template',
    {
      ...approved,
      template_buttons: fc.oneof(
        {
          weight: 9,
          arbitrary: fc.array(
            fc.record({
              text: mostly(['Yes']),
              url: mostly(['', 'https://example.com/{{1}}']),
              value: mostly(['', 'A1']),
            }),
            { maxLength: 3 },
          ),
        },
        input('list'),
      ),
    },
    ({ template_buttons }, sent) =>
      (components(sent)[1]?.buttons ?? []).map(
        ({ text }: { text: string }, row: number): [unknown, unknown] => [
          typed(rowsOf(template_buttons)[row]?.text),
          text,
        ],
      ),
  ),
  {
    place: 'creates.send_message',
    inputs: fc.record({ contact_id, message_type: input('text'), text: fc.constant('Hi') }),
    requests: ['POST /api/v1/message/sendContent/{…}'],
    arrivals: () => [],
  },
];
