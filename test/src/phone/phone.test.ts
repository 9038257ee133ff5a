import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadPhones, mayBePhone } from '../../../src/phone/load.ts';
import { twinOf } from '../../../src/phone/twins.ts';

const { internationalPhone, isSamePhone, phoneIdSpellings, phoneLookups, phoneToSave } = await loadPhones();

/** The connection's country, a number, and texts (separated by `|`) that are read as that number. */
const spellings: [country: string | undefined, number: string, typed: string][] = [
  // A country code follows a plus or 00, so the connection's country does not matter.
  [undefined, '+523312345000', '+52 33 1234 5000|++52 33 1234 5000|00 52 33 1234 5000'],
  ['CO', '+3211234567', '00 32 1123 4567'],
  [undefined, '+442079460958', '+44 (0)20 7946 0958'],
  [undefined, '+495212345678901', '+49 521 2345678901'],
  // A zero after the country code is dropped (except in Italy), and so is the 1 or 044 that Mexico used until 2019.
  [undefined, '+97455123456', '+974055123456'],
  [undefined, '+971501234567', '+971 050 123 4567'],
  [undefined, '+523312345000', '+52 033 1234 5000|+52 044 33 1234 5000'],
  [undefined, '+390612345678', '+39 06 1234 5678'],
  ['MX', '+523312345000', '+52 1 33 1234 5000'],
  // Without a plus or 00, a number is read as people dial it in the connection's country.
  ['MX', '+523312345000', '33 1234 5000'],
  ['AR', '+5493512345678', '(0351) 15-234-5678'],
  ['BR', '+5511961234567', '0 15 11 96123-4567'],
  ['GB', '+447700900123', '07700 900123'],
  ['US', '+523312345000', '011 52 33 1234 5000'],
  ['SG', '+6591234567', '6591234567'],
  ['MX', '+522012345678', '2012 34 5678'],
  // Digits are read as a number of the connection's country if it has such a number, otherwise as one with a country code.
  ['BR', '+5551987654321', '51987654321'],
  ['BR', '+12133734253', '12133734253'],
  ['DE', '+4915112345678', '15112345678'],
  ['AT', '+436641234567', '6641234567'],
  ['MX', '+13312345000', '13312345000'],
  ['PK', '+60123456789', '60123456789'],
  ['DE', '+523312345000', '523312345000'],
  ['ES', '+34612345678', '34612345678'],
  // Without a country, 11 or more digits begin with a country code, unless they could be a national number somewhere.
  [undefined, '+523312345000', '523312345000|5213312345000'],
  [undefined, '+5491123456789', '5491123456789'],
  [undefined, '+553188887777', '553188887777'],
  ['XX', '+573211234567', '573211234567'],
  // Other countries could use these digits only for a voice mailbox or an overlong landline, so they are not ambiguous.
  [undefined, '+966501234567', '966501234567'],
  [undefined, '+12025550143', '12025550143'],
  [undefined, '+447700900123', '447700900123'],
  // Spreadsheets add .0 or .00 to a number, so such a tail is dropped unless it belongs to the phone's own groups.
  [undefined, '+60123456789', '60123456789.0|60123456789.00'],
  ['MX', '+523311112228', '3311112228,0|33 1111 2228.0'],
  [undefined, '+523311112228', '+523311112228٫0'],
  ['MX', '+523312345000', '3.312.345.000,00'],
  ['FR', '+33123456700', '01.23.45.67.00|01 23 45 67.00'],
  ['US', '+12135550000', '213 555.0000'],
  // Marks and labels around a number are ignored, because spreadsheets, forms and links add them.
  [
    undefined,
    '+523311112222',
    `'+523311112222|="+523311112222"|=+523311112222|p:+523311112222|☎️: +523311112222 ✅`,
  ],
  [
    'MX',
    '+523311112222',
    '“33 1111 2222”|<33 1111 2222>;|Tel. 33 1111 2222|(Cel): 33 1111 2222|Teléfono móvil: 33 1111 2222|📞 33 1111 2222',
  ],
  ['MX', '+523312345000', '3312345000,'],
  [undefined, '+60123456789', 'whatsapp:+60123456789'],
  [undefined, '+523312345000', 'tel:+52-33-1234-5000'],
  // Invisible characters are ignored, and digits and signs of every script are understood, because people paste them.
  [undefined, '+447400123456', '\u202a+44\u00a07400\u00a0123\u2011456\u202c'],
  [
    undefined,
    '+523312345000',
    '+52\ufe0d 33\u200b1234\u00ad5000|+52 33 1234\u22125000|➕52 33 1234 5000|＋52 （33） 1234 5000',
  ],
  ['PK', '+923012345678', '۰۳۰۱۲۳۴۵۶۷۸'],
  [undefined, '+919876543210', '+९१ ९८७६५ ४३२१०'],
  ['GB', '+447400123456', '０７４００\u3000１２３４５６'],
  ['MX', '+523312345000', '\u{1d7db}\u{1d7db} ١٢٣٤ ৫০০০'],
];
const numbers = spellings.flatMap(([country, number, typed]) =>
  typed.split('|').map((text) => [text, country, number] as const),
);

/** Texts that may be phones, but whose number is unclear: all `values` are looked up, and the first one is saved. */
const texts: [typed: string, country: string | undefined, values: string[]][] = [
  ['646 979 5636', undefined, ['646 979 5636', '6469795636']],
  ['34612345678', undefined, ['34612345678']],
  ['660617815642', undefined, ['660617815642']],
  ['07700 900123', undefined, ['07700 900123', '07700900123']],
  ['33 1234 5000', 'Mexico', ['33 1234 5000', '3312345000']],
  ['1234567890', 'MX', ['1234567890']],
  ['21 8765-43210', 'BR', ['21 8765-43210', '21876543210']],
  ["'3312345000.0", undefined, ['3312345000']],
  ['Cel: (646) 979-5636', undefined, ['(646) 979-5636', '6469795636']],
  ['123123', undefined, ['123123']],
  ['7', 'MX', ['7']],
];

const none = [
  // Numbers that a spreadsheet damaged, and placeholders: their digits are not a phone, so nothing is saved.
  '5.23312E+11|4,479E+11|5.23312 x 10¹¹|3312345000.5|523312345000,25|612 345 678.50|612.345.678.00|3312345000²',
  '3312345000 0|3312345000 00|3312345000-0|3,312,345,000|(-33) 1234 5000|-3312345000|−3312345000|– 3312345000',
  "➖3312345000|'-3312345000|0|000000|0000000000|999 9999|+0000000000||-|Ana|ana@example.com|#ERROR!|#N/A|N/A|null",
  '+52 0000000000|+1 000 000 0000|520000000000|+55 99 99999-9999|+46 7777777|+52 1 5555555555|0034 000 000 000',
  // Two numbers, an extension, an ID or a date: if their digits were joined, a stranger's phone could result.
  '+523311112225,+523311112226|33 1111 2225; 33 1111 2226|33 1111 2225 / 33 1111 2226|2222333\n2222444|2222333\t1',
  '22223334 2222444|2222333 22|555-0143 555-0144|555 0143-555 0144|202-555-0143-44|(33) 1111-2225-6',
  '3311112225 3311112226|33 1111 2225-26|612 345 678-79|33 1111 2225-6|33 1111 2232 ext. 12|3311112232 123',
  '+1 213 373 4253 x5|1-800-FLOWERS|Ana 33 1234 5000|telegram:5512345678|ID: 5512345678|33 1234 5000 tel:',
  '52+3312345000|+52 33|+999 1234 5678|1776025372480910|cus_112233344555|2024-05-01|01.05.2024|2024-05-01T10:30:00Z',
].flatMap((line) => line.split('|'));

describe('a phone', () => {
  it.each(numbers)('%j with country %j is %s', (typed, country, number) => {
    expect(internationalPhone(typed, country)).toBe(number);
    expect(phoneToSave(typed, country)).toBe(number);
  });

  it.each(texts)('%j with country %j is text, looked up as %j', (typed, country, values) => {
    expect(phoneLookups(typed, country, 'whatsapp')).toEqual({ values, ids: [] });
    expect(internationalPhone(typed, country)).toBeUndefined();
    expect(phoneToSave(typed, country)).toBe(values[0]);
  });

  it.each(none)('%j is none', (typed) => {
    for (const country of ['MX', 'ES', undefined]) {
      expect(phoneToSave(typed, country)).toBeUndefined();
      expect(phoneLookups(typed, country, 'whatsapp')).toEqual({ values: [], ids: [] });
    }
  });

  it('is no date whose digits are a number of the country', () => {
    for (const typed of ['2024-05-01', '01.5.2024']) expect(phoneToSave(typed, 'CR')).toBeUndefined();
  });
});

describe('the values under which a phone is looked for', () => {
  it.each([
    ['33 1234 5000', 'MX', '+523312345000 523312345000 = 3312345000 +5213312345000 5213312345000'],
    ['+52 33 1234 5000', undefined, '+523312345000 523312345000 = +5213312345000 5213312345000'],
    ['+52 33 1234 5000', 'US', '+523312345000 523312345000 = +5213312345000 5213312345000'],
    ['011 15-2345-6789', 'AR', '+5491123456789 5491123456789 = 0111523456789 +541123456789 541123456789'],
    ['31 8888-7777', 'BR', '+553188887777 553188887777 = 3188887777 +5531988887777 5531988887777'],
    ['+1 809 555 1234', 'US', '+18095551234 18095551234 = 8095551234'],
    ['+1 331 234 5000', undefined, '+13312345000 13312345000 ='],
    // Without the plus, these ten digits can be a number of Mexico. They are looked up only if the connection's country is SG.
    ['+65 9123 4567', undefined, '+6591234567 ='],
    ['+65 9123 4567', 'MX', '+6591234567 ='],
    ['+65 9123 4567', 'SG', '+6591234567 6591234567 = 91234567'],
    // Eleven digits can be a number of the connection's country. If they are, they are not looked up without the plus.
    ['+34 987 654 321', 'BR', '+34987654321 ='],
    ['+34 987 654 321', 'MX', '+34987654321 34987654321 ='],
    ['+1 381 234 5678', 'CN', '+13812345678 ='],
  ])('of %j with country %j', (typed, country, expected) => {
    const values = expected.split(' ').map((value) => (value === '=' ? typed : value));
    expect(phoneLookups(typed, country, 'other').values).toEqual(values);
  });
});

describe('the IDs of a phone', () => {
  it.each([
    ['60 12-345 6789', '60123456789 whatsapp:+60123456789'],
    ['+52 33 1234 5000', '5213312345000 whatsapp:+5213312345000 523312345000 whatsapp:+523312345000'],
    ['+54 11 2345 6789', '5491123456789 whatsapp:+5491123456789 541123456789 whatsapp:+541123456789'],
    ['+55 11 6123-4567', '5511961234567 whatsapp:+5511961234567 551161234567 whatsapp:+551161234567'],
    ['+55 31 98888-7777', '553188887777 whatsapp:+553188887777 5531988887777 whatsapp:+5531988887777'],
    ['+65 9123 4567', '6591234567 whatsapp:+6591234567'],
  ])('of %j on WhatsApp', (typed, ids) => {
    expect(phoneIdSpellings(typed, undefined, 'whatsapp')).toEqual(ids.split(' '));
  });

  it('have eleven digits elsewhere, and none are asked for on Viber', () => {
    expect(phoneIdSpellings('+60 12-345 6789', undefined, 'other')).toContain('60123456789');
    expect(phoneIdSpellings('+65 9123 4567', undefined, 'other')).toEqual(['whatsapp:+6591234567']);
    expect(phoneIdSpellings('+60 12-345 6789', undefined, 'viber')).toEqual([]);
  });
});

describe('a look-up by phone', () => {
  it('asks for every value, and for as many IDs as eight requests leave', () => {
    expect(phoneLookups('33 1234 5000', 'MX', 'other').ids).toEqual([
      '5213312345000',
      'whatsapp:+5213312345000',
    ]);
    expect(phoneLookups('523312345000', undefined, 'other').ids).toHaveLength(4);
  });

  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'0123456789+-() .\u00a0５٣'), maxLength: 24 }),
    fc
      .tuple(fc.constantFrom('+52', '521', '+549', '0055', '55', 'whatsapp:+1'), fc.nat(99_999_999_999))
      .map(([start, end]) => `${start}${end}`),
  );
  const country = fc.option(fc.constantFrom('MX', 'AR', 'BR', 'CO', 'PK', 'DE', 'US', '', 'constructor'), {
    nil: undefined,
  });

  it('makes eight requests at most and no two alike, whatever was typed', () => {
    fc.assert(
      fc.property(hostile, country, (typed, country) => {
        const { values, ids } = phoneLookups(typed, country, 'whatsapp');
        expect(values.length === 0).toBe(phoneToSave(typed, country) === undefined);
        expect(new Set(values).size).toBe(values.length);
        expect(new Set(ids).size).toBe(ids.length);
        expect(values.length + ids.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads a text of a megabyte as fast as any', () => {
    expect(phoneLookups('+52 33 1234 5000 '.repeat(60_000), 'MX', 'other').values).toEqual([]);
  });
});

it.each([
  // A twin is a second number by which WhatsApp may know a mobile. With a digit too many or too few, none of these is a mobile.
  '+5233123450001 +52331234500 +52133123450001 +5411234567890 +54912345678901 +5511612345678 +55119612345678',
  // In Brazil only mobiles of existing areas have a twin, so landlines and area 10 have none. No US number has one.
  '+551133334444 +5511933334444 +551061234567 +12133734253',
])('none of %s has a twin', (numbers) => {
  for (const number of numbers.split(' ')) expect([number, twinOf(number)]).toEqual([number, undefined]);
});

describe('two texts', () => {
  it.each([
    ['+52 33 1234 5000', '33 1234 5000', 'MX'],
    ['+5213312345000', '523312345000', undefined],
    ['+54 9 11 2345-6789', '(011) 2345-6789', 'AR'],
    ['+55 31 8888-7777', '31 98888 7777', 'BR'],
    ['whatsapp:+60123456789', '012-345 6789', 'MY'],
    ['646 979 5636', '646-979-5636', undefined],
    ['+34 612 34 56 78', '34612345678', undefined],
    ['Ana', 'Ana', undefined],
  ])('%j and %j are one phone with country %j', (a, b, country) => {
    expect(isSamePhone(a, b, country)).toBe(true);
    expect(isSamePhone(b, a, country)).toBe(true);
  });

  it.each([
    ['+52 33 1234 5000', '+52 33 1234 5001', undefined],
    ['+52 33 1234 5000', '33 1234 5000', undefined],
    ['+65 9123 4567', '6591234567', undefined],
    ['+55 31 3333-4444', '+55 31 93333-4444', undefined],
    ['Ana', '+52 33 1234 5000', undefined],
    ['', '#N/A', undefined],
  ])('%j and %j are not with country %j', (a, b, country) => {
    expect(isSamePhone(a, b, country)).toBe(false);
    expect(isSamePhone(b, a, country)).toBe(false);
  });
});

it('only a text with seven digits is worth loading what reads phones', () => {
  const phones = ['1234567', '(33) 1234-5000', '۰۳۰۱۲۳۴', ' whatsapp:+60123456789 ', 'Cel: 33 1111 2232'];
  expect(phones.filter(mayBePhone)).toEqual(phones);
  expect(['123456', 'Ana', '', '(-)', 'cus_112233'].filter(mayBePhone)).toEqual([]);
});
