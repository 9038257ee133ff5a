import { describe, expect, it } from '@jest/globals';
import { api, apiContact, failure, run } from '../support/zap.ts';

const request = (inputData: Record<string, unknown>) => run('creates.api_request', inputData);

describe('API Request', () => {
  it('outputs the status and the answer as it is', async () => {
    api().get('/contact/1776025372480910').reply(200, { data: apiContact, more: 1 });
    expect(await request({ method: 'GET', path: '/contact/1776025372480910' })).toEqual({
      status: 200,
      data: { data: apiContact, more: 1 },
    });
  });

  it('sends the body byte for byte', async () => {
    const body = '{ "tags":\t["{{x}}", "{{bundle.y}}", "\\u00e9\\/"],  "n": 12345678901234567890, "n": 1.0 }';
    api().post('/contact/1/tags', body).reply(200, {});
    await request({ method: 'post', path: 'contact/1/tags', body });
  });

  it('takes a method with spaces around it, and a body of spaces for none', async () => {
    api().get('/contact/1').reply(200, {});
    await request({ method: ' get ', path: '/contact/1', body: ' \n' });
  });

  it('puts the query behind the path', async () => {
    api().get('/contact/by_custom_field?name=phone&value=%2B1%20%26').reply(200, {});
    await request({
      method: 'GET',
      path: '/contact/by_custom_field',
      query: { name: 'phone', value: '+1 &', x: '', '': null },
    });
  });

  it.each([
    ['/api/v1/contact/1', '/contact/1'],
    ['v1/contact/1', '/contact/1'],
    [' /contact/\n', '/contact/'],
    ['/contact/v1/tags', '/contact/v1/tags'],
    ['/contact/whatsapp%3A%2B60/tags', '/contact/whatsapp%3A%2B60/tags'],
    ['/contact/a%2Fb', '/contact/a%2Fb'],
    ['/contact/a..b/..c/d../.e', '/contact/a..b/..c/d../.e'],
    ['/contact/a;b=../a..;b', '/contact/a;b=../a..;b'],
  ])('understands the path %s', async (path, sent) => {
    api().get(sent).reply(200, {});
    expect(await request({ method: 'GET', path })).toEqual({ status: 200, data: {} });
  });

  it.each([
    '//evil.example',
    '/v1//evil.example',
    'https://evil.example',
    '\\evil.example',
    '/%5cevil.example',
    '/contact/a%5cx',
    '..',
    '/api/v1/../../x',
    '/contact\t/../x',
    '/contact/.%2e/x',
    '/contact/../',
    '/contact/.',
    '/contact/%252e%252e/x',
    '/contact/a%2f..%2fx',
    '/contact/a%2f.',
    '/contact/..;a=b/x',
    '/contact/%2e%2e%3b/x',
    '/contact/%0d%0aX: y',
    '/contact/%zz',
    '/',
  ])('refuses the path %s', async (path) => {
    expect(await failure(request({ method: 'GET', path }))).toEqual({
      kind: 'HaltedError',
      sentence:
        'The Path field does not contain a path below /api/v1. Write it like "/contact/1776025372480910".',
    });
  });

  it.each([
    [{ method: 'PATCH' }, 'The Method field must be one of: GET, POST, PUT, DELETE.'],
    [{ path: '' }, 'The Path field is empty. Write it like "/contact/1776025372480910".'],
    [
      { path: '/contact/by_custom_field?name=x' },
      'The Path field contains a ? or a #. Write it like "/contact/1776025372480910". Write what follows the ? in the Query field.',
    ],
    [
      { query: 'a=b' },
      'The Query field does not contain pairs. Enter a name on the left and a value on the right.',
    ],
    [{ query: { ' ': 'x' } }, 'A value under Query has no name. Enter the name to the left of the value.'],
    [{ query: { x: '\ud800' } }, 'The Query field contains a broken character. Type or map it again.'],
    [{ body: '{}' }, 'The Body field must be empty for GET. Write what to look for in the Query field.'],
    [
      { method: 'PUT', body: '{"a": }' },
      expect.stringMatching(
        /^The Body field does not contain valid JSON: Unexpected token .+\. Correct it, or leave it empty\.$/,
      ),
    ],
  ])('refuses %j before anything is sent', async (inputData, sentence) => {
    expect(await failure(request({ method: 'GET', path: '/contact/1', ...inputData }))).toEqual({
      kind: 'HaltedError',
      sentence,
    });
  });

  it('names its own fields if the channel does not know the request', async () => {
    api().get('/contacts').reply(404);
    expect((await failure(request({ method: 'GET', path: '/contacts' }))).sentence).toBe(
      'app.bony.chat does not recognize this request (status 404). Check the Method and Path fields. Check the platform chosen in the connection.',
    );
  });

  it.each([
    ['POST', 'The request may have worked anyway: check before you run this step again.'],
    ['PUT', 'Trying again is safe.'],
  ])('says of a %s without a clear answer: %s', async (method, advice) => {
    api().intercept('/contact/1', method).reply(500);
    expect((await failure(request({ method, path: '/contact/1', body: '{}' }))).sentence).toBe(
      `app.bony.chat had an internal error (status 500). ${advice}`,
    );
  });
});
