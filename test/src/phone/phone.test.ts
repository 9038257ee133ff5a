import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadPhones } from '../../../src/phone/load.ts';

const { internationalPhone, isSamePhone, phoneIdSpellings, phoneLookups, phoneSpellings } =
  await loadPhones();

/** What was typed, the connection's country, and the spellings; `=` is what was typed. */
const numbers: [string, string | undefined, string][] = [
  // Mexico
  ['+52 33 1234 5000', undefined, '+523312345000 523312345000 = 3312345000 +5213312345000 5213312345000'],
  ['523312345000', undefined, '+523312345000 = 3312345000 +5213312345000 5213312345000'],
  ['33 1234 5000', 'MX', '+523312345000 523312345000 = 3312345000 +5213312345000 5213312345000'],
  ['(33) 1234-5000', 'MX', '+523312345000 523312345000 = 3312345000 +5213312345000 5213312345000'],
  ['+52 1 33 1234 5000', 'MX', '+523312345000 523312345000 = 3312345000 +5213312345000 5213312345000'],
  ['5213312345000', 'US', '+523312345000 523312345000 = +5213312345000'],
  ['00 52 33 1234 5000', 'MX', '+523312345000 523312345000 = 3312345000 +5213312345000 5213312345000'],
  // Argentina
  [
    '+54 9 11 2345-6789',
    undefined,
    '+5491123456789 5491123456789 = 0111523456789 +541123456789 541123456789',
  ],
  ['011 15-2345-6789', 'AR', '+5491123456789 5491123456789 = 0111523456789 +541123456789 541123456789'],
  ['11 2345 6789', 'AR', '+541123456789 541123456789 = 01123456789 +5491123456789 5491123456789'],
  ['5491123456789', undefined, '+5491123456789 = 0111523456789 +541123456789 541123456789'],
  ['(0351) 15-234-5678', 'AR', '+5493512345678 5493512345678 = 0351152345678 +543512345678 543512345678'],
  // Brazil
  ['+55 (11) 96123-4567', undefined, '+5511961234567 5511961234567 = 11961234567 +551161234567 551161234567'],
  ['(31) 98888-7777', 'BR', '+5531988887777 5531988887777 = 31988887777 +553188887777 553188887777'],
  ['31 8888-7777', 'BR', '+553188887777 553188887777 = 3188887777 +5531988887777 5531988887777'],
  ['5511961234567', undefined, '+5511961234567 = 11961234567 +551161234567 551161234567'],
  ['0 15 11 96123-4567', 'BR', '+5511961234567 5511961234567 = 11961234567 +551161234567 551161234567'],
  ['(11) 3333-4444', 'BR', '+551133334444 551133334444 = 1133334444'],
  // Dominican Republic
  ['+1 809-555-1234', undefined, '+18095551234 18095551234 = 8095551234'],
  ['(829) 555-1234', 'DO', '+18295551234 18295551234 = 8295551234'],
  ['1.849.555.1234', 'DO', '+18495551234 18495551234 = 8495551234'],
  // Colombia
  ['+57 321 123 4567', undefined, '+573211234567 573211234567 = 3211234567'],
  ['321 1234567', 'CO', '+573211234567 573211234567 = 3211234567'],
  ['573211234567', undefined, '+573211234567 = 3211234567'],
  ['(601) 234 5678', 'CO', '+576012345678 576012345678 = 6012345678'],
  // Spain
  ['+34 612 34 56 78', undefined, '+34612345678 34612345678 = 612345678'],
  ['612.34.56.78', 'ES', '+34612345678 34612345678 = 612345678'],
  ['0034612345678', undefined, '+34612345678 34612345678 = 612345678'],
  ['34612345678', 'ES', '+34612345678 = 612345678'],
  // Pakistan
  ['0301-2345678', 'PK', '+923012345678 923012345678 = 03012345678'],
  ['+92 301 2345678', undefined, '+923012345678 923012345678 = 03012345678'],
  ['۰۳۰۱۲۳۴۵۶۷۸', 'PK', '+923012345678 923012345678 = 03012345678'],
  ['923012345678', undefined, '+923012345678 = 03012345678'],
  // Malaysia
  ['012-345 6789', 'MY', '+60123456789 60123456789 = 0123456789'],
  ['whatsapp:+60123456789', undefined, '+60123456789 60123456789 = 0123456789'],
  ['60123456789', 'MY', '+60123456789 = 0123456789'],
  ['+60 3-2345 6789', undefined, '+60323456789 60323456789 = 0323456789'],
  // United States
  ['(213) 373-4253', 'US', '+12133734253 12133734253 = 2133734253'],
  ['1-213-373-4253', 'US', '+12133734253 12133734253 = 2133734253'],
  ['+12133734253', undefined, '= 12133734253 2133734253'],
  ['011 52 33 1234 5000', 'US', '+523312345000 523312345000 = +5213312345000 5213312345000'],
  // United Kingdom
  ['+44 (0)20 7946 0958', undefined, '+442079460958 442079460958 = 02079460958'],
  ['07400 123456', 'GB', '+447400123456 447400123456 = 07400123456'],
  ['０７４００\u3000１２３４５６', 'GB', '+447400123456 447400123456 = 07400123456'],
  ['(+44) 7400 123456 ', undefined, '+447400123456 447400123456 = 07400123456'],
  ['\u202a+44\u00a07400\u00a0123\u2011456\u202c', undefined, '+447400123456 447400123456 = 07400123456'],
];

/** Texts that are no phone. */
const others = [
  '',
  'Ana',
  'ana@example.com',
  '123456',
  '2024-05-01',
  '01.05.2024',
  '1 5 2024',
  '01/05/2024',
  '2024-05-01T10:30:00Z',
  '1776025372480910',
  'cus_112233344555',
  '+52 33 1234 5000 ext. 5',
  '+1 213 373 4253 x5',
  '1-800-FLOWERS',
  '+52 33 1234 5000, +52 33 1234 5001',
  '(11) 3333-4444/5555',
  '5.23312E+11',
  '523312345000.0',
  '+52 33',
  '+52 33 1234',
  '+999 1234 5678',
  '52+3312345000',
  'Ana 33 1234 5000',
  '33 1234 5000 tel:',
];

describe('the spellings of a phone', () => {
  it.each(numbers)('of %j with country %j', (typed, country, expected) => {
    const spellings = expected.split(' ').map((spelling) => (spelling === '=' ? typed : spelling));
    expect(phoneSpellings(typed, country)).toEqual(spellings);
  });

  it.each(others)('are itself alone for %j', (text) => {
    expect(phoneSpellings(text, 'MX')).toEqual([text]);
    expect(phoneSpellings(text, undefined)).toEqual([text]);
    expect(phoneIdSpellings(text, 'MX')).toEqual([]);
    expect(internationalPhone(text, 'MX')).toBeUndefined();
  });

  it.each([
    // Costa Rica has numbers of eight digits, Finland of seven too, New Caledonia of six.
    ['2024-05-01', 'CR'],
    [' 2024-05-01 ', 'CR'],
    ['01.05.2024', 'CR'],
    ['2024-5-01', 'FI'],
    ['2024-05-1', 'FI'],
    ['1.05.2024', 'FI'],
    ['01.5.2024', 'FI'],
    ['751234', 'NC'],
  ])('are itself alone for %j, though its digits are a number of %j', (text, country) => {
    expect(phoneSpellings(text, country)).toEqual([text]);
  });

  it('are no national digits that the country reads as another number', () => {
    expect(phoneSpellings('+1 331 234 5000', 'CO')).toEqual([
      '+13312345000',
      '13312345000',
      '+1 331 234 5000',
    ]);
    expect(phoneSpellings('+1 809 555 1234', 'US')).toContain('8095551234');
  });

  it('are the same without a country as with one that nobody knows', () => {
    expect(phoneSpellings('33 1234 5000', 'Mexico')).toEqual(['33 1234 5000']);
    expect(phoneSpellings('523312345000', 'XX')).toEqual(phoneSpellings('523312345000', undefined));
  });

  it('are found where the number is no longer, or not yet, in use', () => {
    expect(phoneSpellings('+1 (555) 123-4567', undefined)).toContain('15551234567');
  });
});

describe('the IDs of a phone on WhatsApp', () => {
  it.each([
    ['60 12-345 6789', undefined, ['60123456789', 'whatsapp:+60123456789']],
    ['whatsapp:+60123456789', undefined, ['60123456789', 'whatsapp:+60123456789']],
    [
      '33 1234 5000',
      'MX',
      ['5213312345000', 'whatsapp:+5213312345000', '523312345000', 'whatsapp:+523312345000'],
    ],
    [
      '+54 11 2345 6789',
      undefined,
      ['5491123456789', 'whatsapp:+5491123456789', '541123456789', 'whatsapp:+541123456789'],
    ],
    [
      '+55 11 6123-4567',
      undefined,
      ['5511961234567', 'whatsapp:+5511961234567', '551161234567', 'whatsapp:+551161234567'],
    ],
    [
      '+55 31 98888-7777',
      undefined,
      ['553188887777', 'whatsapp:+553188887777', '5531988887777', 'whatsapp:+5531988887777'],
    ],
    ['+55 11 3333-4444', undefined, ['551133334444', 'whatsapp:+551133334444']],
    // The same digits are a Belgian ID.
    ['3211234567', 'CO', ['573211234567', 'whatsapp:+573211234567', '3211234567']],
  ])('of %j with country %j', (typed, country, ids) => {
    expect(phoneIdSpellings(typed, country)).toEqual(ids);
  });
});

describe('a look-up by phone', () => {
  it('asks for every value, and for as many IDs as eight requests leave', () => {
    expect(phoneLookups('33 1234 5000', 'MX')).toEqual({
      values: [
        '+523312345000',
        '523312345000',
        '33 1234 5000',
        '3312345000',
        '+5213312345000',
        '5213312345000',
      ],
      ids: ['5213312345000', 'whatsapp:+5213312345000'],
    });
    expect(phoneLookups('523312345000', undefined).ids).toEqual([
      '5213312345000',
      'whatsapp:+5213312345000',
      '523312345000',
    ]);
  });

  /** Texts that look like phones, and any others. */
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

  it('makes one to eight requests and no two alike, whatever was typed', () => {
    fc.assert(
      fc.property(hostile, country, (typed, country) => {
        const { values, ids } = phoneLookups(typed, country);
        expect(values).toContain(typed);
        expect(new Set(values).size).toBe(values.length);
        expect(new Set(ids).size).toBe(ids.length);
        expect(values.length + ids.length).toBeLessThanOrEqual(8);
      }),
      { numRuns: 1_000 },
    );
  });

  it('reads a text of a megabyte as fast as any', () => {
    const long = '+52 33 1234 5000 '.repeat(60_000);
    expect(phoneLookups(long, 'MX')).toEqual({ values: [long], ids: [] });
  });
});

describe('a phone in international form', () => {
  it.each([
    ['33 1234 5000', 'MX', '+523312345000'],
    ['523312345000', 'MX', '+523312345000'],
    ['+52 1 33 1234 5000', undefined, '+523312345000'],
    // An Argentine and a Brazilian number stays as it is valid.
    ['+54 11 2345 6789', undefined, '+541123456789'],
    ['+54 9 11 2345 6789', undefined, '+5491123456789'],
    ['+55 31 8888-7777', undefined, '+553188887777'],
    ['+55 31 98888-7777', undefined, '+5531988887777'],
    // Ten digits are a number of the country where they can be, more have a country code.
    ['3211234567', 'CO', '+573211234567'],
    ['3211234567', undefined, '+3211234567'],
    ['13312345000', 'MX', '+13312345000'],
    ['tel:+52-33-1234-5000', undefined, '+523312345000'],
    ['+52 33 1234\u22125000', undefined, '+523312345000'],
    ['\u0663\u0663 \u0661\u0662\u0663\u0664 \u0665\u0660\u0660\u0660', 'MX', '+523312345000'],
    // A Belgian number, dialled from Colombia, and a German one that is as long as a Mexican with 52 and 1, and longer.
    ['00 32 1123 4567', 'CO', '+3211234567'],
    ['+49 521 2345678901', undefined, '+495212345678901'],
    ['5213312345 0001', 'DE', '+4952133123450001'],
    // What begins or ends like a date.
    ['2012 34 5678', 'MX', '+522012345678'],
    ['33 12 34 2000', 'MX', '+523312342000'],
    ['60123456789', 'PK', '+60123456789'],
    ['523312345000', 'PK', '+523312345000'],
    ['523312345000', 'DE', '+523312345000'],
    // Where mobile numbers have more digits, so many are the country's.
    ['51987654321', 'BR', '+5551987654321'],
    ['12133734253', 'BR', '+12133734253'],
    ['15112345678', 'DE', '+4915112345678'],
    ['81234567890', 'ID', '+6281234567890'],
  ])('%j with country %j is %j', (typed, country, international) => {
    expect(internationalPhone(typed, country)).toBe(international);
  });
});

describe('two texts', () => {
  it.each([
    ['+52 33 1234 5000', '33 1234 5000', 'MX'],
    ['+5213312345000', '523312345000', undefined],
    ['+54 9 11 2345-6789', '(011) 2345-6789', 'AR'],
    ['+55 31 8888-7777', '31 98888 7777', 'BR'],
    ['whatsapp:+60123456789', '012-345 6789', 'MY'],
    ['Ana', 'Ana', undefined],
  ])('%j and %j are one phone', (a, b, country) => {
    expect(isSamePhone(a, b, country)).toBe(true);
    expect(isSamePhone(b, a, country)).toBe(true);
  });

  it.each([
    ['+52 33 1234 5000', '+52 33 1234 5001', undefined],
    ['+52 33 1234 5000', '33 1234 5000', undefined],
    ['+52 33 1234 5000', '33 1234 5000', 'US'],
    ['+55 31 3333-4444', '+55 31 93333-4444', undefined],
    ['Ana', '+52 33 1234 5000', undefined],
    ['Ana', 'ana', undefined],
  ])('%j and %j are not, where the country is %j', (a, b, country) => {
    expect(isSamePhone(a, b, country)).toBe(false);
    expect(isSamePhone(b, a, country)).toBe(false);
  });
});
