/**
 * The functions of `phone.ts`. The build puts them, with the library that they need, into a file of its own, so that only a
 * run that has a phone pays for loading it. A static import of `phone.ts` elsewhere would add 175 kB to each cold start.
 */
export const loadPhones = () => import('./phone.ts');

/** Whether a text has enough digits, and no letters, so that it is worth loading what reads phones. */
export function mayBePhone(text: string): boolean {
  const digits = text.replace(/\P{Nd}/gu, '');
  return digits.length >= 7 && /^(?:whatsapp:|tel:)?[^a-z]*$/i.test(text.trim());
}
