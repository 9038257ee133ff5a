import fc from 'fast-check';
import { input, text } from './arbitraries.ts';
import { body, contact_id, type HostileOperation, type Inputs, mostly, segment, typed } from './operation.ts';

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
    ({ template_text }, sent) => [[template_text, Object(sent.template).components?.[0]?.text]],
  ),
  {
    place: 'creates.send_message',
    inputs: fc.record({ contact_id, message_type: input('text'), text: fc.constant('Hi') }),
    requests: ['POST /api/v1/message/sendContent/{…}'],
    arrivals: () => [],
  },
];
