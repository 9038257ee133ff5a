/**
 * The functions of `phone.ts`. The build puts them, with the library that they need, into a file of its own, so that only a
 * run that has a phone pays for loading it. A static import of `phone.ts` elsewhere would add 225 kB to each cold start.
 */
export const loadPhones = () => import('./phone.ts');

/** Whether a text has enough digits for a phone, so that it is worth loading what reads phones. */
export function mayBePhone(text: string): boolean {
  return /(?:\p{Nd}\P{Nd}*){7}/u.test(text);
}
