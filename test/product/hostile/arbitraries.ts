import fc from 'fast-check';

/** Texts that are known to break programs: path traversal, header injection, markup, templates and invalid Unicode. */
const hostileTexts = [
  ...['', ' ', '\u0000', '\r\nX-Evil: 1', '\r\n\r\nGET /evil HTTP/1.1\r\nHost: evil.example\r\n\r\n'],
  ...['\u202egnirts \u200f\u061c', '\ud800', 'a lone \udc00 surrogate', '\u001b[31m\u0007\u0008'],
  ...['../', '../../../../etc/passwd', '..', '.', '%2e%2e%2f', '%2e%2e', '..%5c', '\\\\evil.example\\x'],
  ...['//evil.example', 'https://evil.example/', '@evil.example', ':443@evil.example'],
  ...['?x=1', '#x', '&name=x&value=y', '%', '%zz', '%00', '+1 (555) 0100', 'a/b=c+d@e'],
  ...['{{bundle.authData.channel_token}}', '{{process.env.PATH}}', '{{first_name}}'],
  ...['__proto__', 'constructor', 'toString', 'null', '"}],"x":[{"', '</script><script>alert(1)</script>'],
  ...["' OR 1=1 --", '👩‍👩‍👧‍👦🎉', 'Zalgơ̷͎̭', 'x'.repeat(501)],
];

/** Generates texts: hostile ones, Unicode of every kind, and lone surrogates. */
const text = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.tuple(fc.constantFrom(...hostileTexts), fc.string()).map((parts) => parts.join('')),
);

const scalar = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, undefined),
);

/** Generates objects through JSON.parse: only there is `__proto__` an ordinary key, as it would be in a Zap's data. */
const pairs = fc
  .array(fc.tuple(fc.oneof(text, fc.constant('__proto__')), scalar), { maxLength: 40 })
  .map((entries): object => JSON.parse(`{${entries.map((entry) => entry.map(json).join(':')).join(',')}}`));

function json(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}

/** Generates lists. About one in ten is long enough to need several requests or to pass a limit. */
const list = fc.oneof(
  { weight: 20, arbitrary: fc.array(scalar, { maxLength: 30 }) },
  { weight: 1, arbitrary: fc.integer({ min: 100, max: 5000 }).map((length) => Array(length).fill('x')) },
  { weight: 1, arbitrary: fc.integer({ min: 11, max: 200 }).map((length) => [...Array(length).keys()]) },
);

/** Generates values for an input. Most have the right type, because others are refused before a request is made. */
export function input(kind: 'text' | 'list' | 'pairs'): fc.Arbitrary<unknown> {
  const fitting = { text, list, pairs }[kind];
  return fc.oneof(
    { weight: 20, arbitrary: fitting },
    { weight: 2, arbitrary: scalar },
    list,
    pairs,
    fc.jsonValue({ maxDepth: 4 }),
    fc.anything({ maxDepth: 2 }),
  );
}

const link = text.map((end) => `https://example.com/${end}`);

/** Values by input key for inputs that accept few values. With random ones, the step would hardly ever send a request. */
const special: Record<string, fc.Arbitrary<unknown>> = {
  contact_id: fc.constantFrom('whatsapp:+60123456789', 'nloI/TOL2seqOAjHslcr7Q=='),
  limit: fc.constantFrom('', 1, '500'),
  url: fc.oneof(link, fc.constant('https://example.com/{{1}}')),
  template_header_url: link,
  template_header_file: fc.constant(''),
  template_name: fc.constant('order_update'),
  template_buttons: fc.constant([]),
  create_if_missing: fc.constant(''),
  file: fc.constant(''),
  template_header_text: fc.constantFrom('Hi!', 'Hi!', 'Hi {{1}}!'),
  template_header_parameters: fc.oneof(fc.constant([]), fc.array(text, { maxLength: 1 })),
  template_header_type: fc.constant(''),
  template_text: fc.constantFrom('Hi!', 'Hi!', 'Hi {{1}}!', '{{1}}, {{2}}', '{{1}}{{3}}'),
  template_parameters: fc.oneof(fc.constant([]), fc.array(text, { maxLength: 2 })),
  replies: fc.array(text, { maxLength: 10 }),
  field_values: fc.array(text, { maxLength: 3 }),
  path: fc.oneof(
    fc.array(fc.constantFrom(...hostileTexts, 'contact'), { maxLength: 4 }).map((parts) => parts.join('/')),
    text.map((end) => `/contact/${encodeURIComponent(end.toWellFormed())}`),
  ),
  body: fc.oneof(fc.constant(''), fc.json()),
};

/** Generates workable values nine times in ten if random ones would be refused, so that most runs send a request. */
export function withSpecialInputs(key: string, any: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const working = special[key];
  return working ? fc.oneof({ weight: 9, arbitrary: working }, any) : any;
}
