/**
 * Loads `phone.ts`, which the build puts into a file of its own together with the phone library. A static import elsewhere
 * would add 225 kB to each cold start.
 */
export const loadPhones = () => import('./phone.ts');

/** True if a text has the seven digits of a phone, so that loading `phone.ts` is worth it. */
export const mayBePhone = (text: string): boolean => /(?:\p{Nd}\P{Nd}*){7}/u.test(text);
