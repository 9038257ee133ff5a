import { expect, it } from '@jest/globals';
import { isUsualId, twinOf } from '../../../src/phone/twins.ts';

it.each([
  ['+523312345000', '+5213312345000', 'with 1'],
  ['+541123456789', '+5491123456789', 'with 9'],
  ['+551161234567', '+5511961234567', 'with 9'],
  ['+552861234567', '+5528961234567', 'with 9'],
  ['+553188887777', '+5531988887777', 'without 9'],
])('%s and %s are twins; WhatsApp usually knows the one %s', (shorter, longer, usual) => {
  expect([twinOf(shorter), twinOf(longer)]).toEqual([longer, shorter]);
  expect([isUsualId(shorter), isUsualId(longer)]).toEqual(
    usual.startsWith('without') ? [true, false] : [false, true],
  );
});

it.each([
  // One digit too many or too few: the number is not a mobile of its country, so it has no twin.
  '+5233123450001',
  '+52331234500',
  '+52133123450001',
  '+5411234567890',
  '+54912345678901',
  '+5511612345678',
  '+55119612345678',
  // In Brazil only mobiles of existing areas have a twin, so landlines and area 10 have none. No US number has one.
  '+551133334444',
  '+5511933334444',
  '+551061234567',
  '+12133734253',
])('%s has no twin', (number) => {
  expect(twinOf(number)).toBeUndefined();
});
