/** The build puts phone.ts and its library in a file of their own: imported elsewhere, it adds 225 kB to cold starts. */
export const loadPhones = () => import('./phone.ts');
/** True if a text has the seven digits of a phone, so that loading `phone.ts` is worth it. */
export const mayBePhone = (text: string): boolean => /(?:\p{Nd}\P{Nd}*){7}/u.test(text);
