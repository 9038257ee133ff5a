/** A fault that no test can catch, since nobody can see it. */
export interface Equivalent {
  file: string;
  /** The line, without the spaces before it, and what Stryker puts in the place of something in it. */
  line: string;
  replacement: string;
  reason: string;
}

export const equivalents: Equivalent[] = [
  {
    file: 'creates/send_message.ts',
    line: '...(answer.message !== undefined && { message: answer.message }),',
    replacement: 'true',
    reason: 'JSON, as which Zapier takes an output, has no key whose value is undefined',
  },
  {
    file: 'searches/find_contacts.ts',
    line: 'return contacts.length > 0 ? [total === undefined ? result : { total, ...result }] : [];',
    replacement: 'false',
    reason: 'JSON, as which Zapier takes an output, has no key whose value is undefined',
  },
  {
    file: 'src/api/channel.ts',
    line: "let id = '';",
    replacement: '"Stryker was here!"',
    reason: 'the first request sets the ID before anything reads it',
  },
  {
    file: 'src/api/contact-search.ts',
    line: "const serverTime = Date.parse(response.getHeader('date') ?? '') / 1000;",
    replacement: '"Stryker was here!"',
    reason: 'neither of them is a date',
  },
  {
    file: 'src/api/contact-search.ts',
    line: "const answer = await this.#send({ method: 'GET', path, contactIds: [id] }, contactAnswer).catch(",
    replacement: '""',
    reason: "the platform's core sends GET where no method is named",
  },
  {
    file: 'src/api/pages.ts',
    line: 'if (secondsSinceStart() > latestStart) {',
    replacement: 'secondsSinceStart() >= latestStart',
    reason: 'no clock shows a time to the last of its digits',
  },
  {
    file: 'src/api/time-limit.ts',
    line: 'if (secondsSinceStart > latestStart) {',
    replacement: 'secondsSinceStart >= latestStart',
    reason: 'no clock shows a time to the last of its digits',
  },
  {
    file: 'src/api/request.ts',
    line: "return parseBodyWithoutToken('', token);",
    replacement: '"Stryker was here!"',
    reason: 'neither of them is JSON, so both give no data',
  },
  {
    file: 'src/api/token.ts',
    line: 'return { data: undefined, isTooDeep };',
    replacement: '{}',
    reason: 'what is no JSON is never too deep',
  },
  {
    file: 'src/inputs/custom-request.ts',
    line: "for (let previous = ''; decoded !== previous; ) {",
    replacement: '"Stryker was here!"',
    reason: 'the loop only needs a text that is not the segment',
  },
  {
    file: 'src/inputs/custom-request.ts',
    line: "const path = typed.replace(/^\\/?(?:(?:api\\/)?v1\\/)?/, '/');",
    replacement: '/\\/?(?:(?:api\\/)?v1\\/)?/',
    reason: 'all parts of the expression may be missing, so it matches at the start anyway',
  },
  {
    file: 'src/inputs/matched-contact.ts',
    line: "if (!typed || typeof saved !== 'string' || saved === typed.value) {",
    replacement: 'false',
    reason: 'what is no text is no phone, so it is another than what was typed',
  },
  {
    file: 'src/inputs/template-buttons.ts',
    line: "return { type: 'quick_reply', text, ...parseParameters(fields, '', value) };",
    replacement: '"Stryker was here!"',
    reason: 'neither text has a variable',
  },
  {
    file: 'src/inputs/values.ts',
    line: "if (typeof input === 'number' && Number.isFinite(input)) {",
    replacement: 'true',
    reason: 'only a number is finite; the compiler wants to be told',
  },
  {
    file: 'src/inputs/values.ts',
    line: "if (!['http:', 'https:'].includes(URL.parse(link)?.protocol ?? '')) {",
    replacement: '"Stryker was here!"',
    reason: 'neither is a protocol',
  },
  {
    file: 'src/inputs/values.ts',
    line: '} catch {',
    replacement: '{}',
    reason: 'a function that ends without a value gives undefined',
  },
  ...['true', 'country !== undefined || isSupportedCountry(country)'].map((replacement) => ({
    file: 'src/phone/phone.ts',
    line: 'const local = country !== undefined && isSupportedCountry(country) ? parse(digits, country) : undefined;',
    replacement,
    reason:
      'without a country that it knows, the library reads no local number; the check is for the compiler',
  })),
  ...['() => undefined', 'true'].map((replacement) => ({
    file: 'src/polling/cache.ts',
    line: 'if (!(await writeCache(z, key, value))) await z.cache.delete(key).catch(() => false);',
    replacement,
    reason: 'nobody reads what a deletion gives',
  })),
  {
    file: 'src/failures/network-errors.ts',
    line: "const { name, type, code: reason = '' } = networkErrorSchema.parse(error);",
    replacement: '"Stryker was here!"',
    reason: 'neither is the code of an error',
  },
  {
    file: 'src/updated-contact/updated-contact.ts',
    line: "const key = cacheKey('updated_contact:1', bundle, [name, values, watched]);",
    replacement: '""',
    reason: 'only this trigger has this key; its name is there for a later form of what is remembered',
  },
];
