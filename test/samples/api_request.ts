import { bodyOf } from './contact-parts.ts';

/** The schema in tools/zapier/sample-runs.ts explains these properties. */
export const sampleRun = {
  inputData: { method: 'GET', path: '/contact/1776025372480910' },
  requests: [{ request: 'GET {path}' }],
  unrepeatable: true,
  variants: {
    POST: {
      inputData: { method: 'POST', path: '/contact/1776025372480910/tags', body: '{"tags":["VIP"]}' },
      lastRequest: 'POST {path}',
      lastBody: { tags: ['VIP'] },
    },
    PUT: {
      inputData: { method: 'PUT', body: '{"custom_fields":[{"name":"firstName","value":"Ana"}]}' },
      lastRequest: 'PUT {path}',
      lastBody: bodyOf({ firstName: 'Ana' }),
    },
    DELETE: {
      inputData: { method: 'DELETE', path: '/contact/1776025372480910/tags', body: '{"tags":["VIP"]}' },
      lastRequest: 'DELETE {path}',
      lastBody: { tags: ['VIP'] },
    },
  },
};
