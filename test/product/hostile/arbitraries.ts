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
  { weight: 2, arbitrary: fc.constantFrom(...hostileTexts) },
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
);
const scalar = fc.oneof({ weight: 4, arbitrary: text }, fc.double(), fc.boolean(), fc.constant(null));

/** Generates objects through JSON.parse: only there is `__proto__` an ordinary key, as it would be in a Zap's data. */
const pairs = fc
  .array(fc.tuple(fc.oneof(text, fc.constant('__proto__')), scalar), { maxLength: 40 })
  .map((all): object =>
    JSON.parse(`{${all.map((pair) => pair.map((each) => JSON.stringify(each)).join(':'))}}`),
  );

/** Generates lists. About one in ten is long enough to need several requests or to pass a limit. */
const list = fc.oneof(
  { weight: 10, arbitrary: fc.array(scalar, { maxLength: 30 }) },
  fc.integer({ min: 11, max: 220 }).map((length) => [...Array(length).keys()]),
);

/** Generates values for an input. Many begin with its sample, because others are often refused before a request is made. */
export function hostile(sample: unknown): fc.Arbitrary<unknown> {
  const longer =
    typeof sample === 'string'
      ? text.map((end) => sample + end)
      : Array.isArray(sample)
        ? list.map((more) => [...sample, ...more])
        : pairs.map((more) => ({ ...Object(sample), ...more }));
  return fc.oneof(
    { weight: 10, arbitrary: longer },
    { weight: 5, arbitrary: text },
    ...[list, pairs, scalar, fc.jsonValue({ maxDepth: 4 }), fc.anything({ maxDepth: 2 })],
  );
}
