import { expect, it } from '@jest/globals';
import { mayBePhone } from '../../../src/phone/load.ts';

it.each(['1234567', '(33) 1234-5000', '۰۳۰۱۲۳۴', ' whatsapp:+60123456789 ', 'tel:+60123456789'])(
  '%j is worth loading what reads phones',
  (text) => {
    expect(mayBePhone(text)).toBe(true);
  },
);

it.each(['123456', 'Ana', '', '(-)', 'cus_112233344555', '60123456789 tel:', '+52 33 1234 5000 ext. 5'])(
  '%j is not',
  (text) => {
    expect(mayBePhone(text)).toBe(false);
  },
);
