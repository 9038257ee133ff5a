import { expect, it } from '@jest/globals';
import { mayBePhone } from '../../../src/phone/load.ts';

it.each(['1234567', '(33) 1234-5000', '۰۳۰۱۲۳۴', ' whatsapp:+60123456789 ', 'Cel: 33 1111 2232'])(
  '%j is worth loading what reads phones',
  (text) => {
    expect(mayBePhone(text)).toBe(true);
  },
);

it.each(['123456', 'Ana', '', '(-)', 'cus_112233'])('%j is not', (text) => {
  expect(mayBePhone(text)).toBe(false);
});
