import { type CreatePerform, defineCreate, defineInputFields } from 'zapier-platform-core';
import { openChannel } from '../src/api/channel.ts';
import { contactsThrottle } from '../src/api/limits.ts';
import { checkPlatform } from '../src/connection/brands.ts';
import { methods, parseBody, parseMethod, parsePath, parseQuery } from '../src/inputs/custom-request.ts';

const inputFields = defineInputFields([
  {
    key: 'method',
    label: 'Method',
    required: true,
    default: 'GET',
    choices: methods,
    helpText: 'The method that the API documentation gives for this request.',
  },
  {
    key: 'path',
    label: 'Path',
    required: true,
    placeholder: '/contact/1776025372480910',
    helpText: 'The part after `/api/v1` in the API documentation, like `/contact/1776025372480910`.',
  },
  {
    key: 'query',
    label: 'Query',
    dict: true,
    helpText:
      'The part after the question mark in the API documentation: names on the left, values on the right.',
  },
  {
    key: 'body',
    label: 'Body',
    type: 'text',
    helpText: 'JSON, like `{"tags": ["VIP"]}`. Leave empty for GET.',
  },
]);

const perform = (async (z, bundle) => {
  const channel = openChannel(z, bundle);
  const method = parseMethod(bundle.inputData.method);
  const { data, response } = await channel.request({
    method,
    path: parsePath(bundle.inputData.path),
    query: parseQuery(bundle.inputData.query),
    ...parseBody(method, bundle.inputData.body),
    ifUnknown: `Check the Method and Path fields. ${checkPlatform}`,
    ...(method === 'POST' && {
      ifUnanswered: 'The request may have worked anyway: check before you run this step again.',
    }),
  });
  return { status: response.status, data };
}) satisfies CreatePerform<typeof inputFields>;

export default defineCreate({
  key: 'api_request',
  noun: 'Request',
  display: {
    label: 'API Request',
    description:
      'Sends a request of your own to the Contacts or Messages API, for anything that no other action does.',
  },
  operation: {
    inputFields,
    perform,
    outputFields: [
      { key: 'status', label: 'HTTP Status', type: 'integer' },
      { key: 'data__status', label: 'Status' },
      { key: 'data__message', label: 'Message' },
    ],
    sample: {
      status: 200,
      data: { status: 'success', message: 'Contact Tags have been added successfully.' },
    },
    throttle: contactsThrottle,
  },
});
