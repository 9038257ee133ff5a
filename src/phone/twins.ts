/** Countries whose mobile numbers WhatsApp may know with one digit more, or less, than they are dialled with. */
interface Twins {
  digit: string;
  without: RegExp; // Matches the number without the digit, in two groups: the digit belongs between them.
  with: RegExp; // Matches the number with the digit, in the same groups.
  usualId: RegExp; // Matches the form that is usually the ID on WhatsApp.
}

// Only the start of a number has a plus, so the expressions need no ^.
const twins: Twins[] = [
  // Mexico has dialled without the 1 since August 2019; client code of this API uses IDs with it.
  // https://support.whapi.cloud/help-desk/faq/specifics-of-sending-messages-to-numbers-of-different-countries
  { digit: '1', without: /(\+52)([2-9]\d{9})$/, with: /(\+52)1([2-9]\d{9})$/, usualId: /\+521/ },
  // Argentina, by the same page. Area codes begin with 1, 2 or 3.
  { digit: '9', without: /(\+54)([1-3]\d{9})$/, with: /(\+54)9([1-3]\d{9})$/, usualId: /\+549/ },
  // Brazilian mobile numbers: an area code of two digits, then eight that begin with 6 to 9.
  // https://www.zoko.io/learning-article/whatsapp-id-brazil-mexico
  {
    digit: '9',
    without: /(\+55[1-9]{2})([6-9]\d{7})$/,
    with: /(\+55[1-9]{2})9([6-9]\d{7})$/,
    // IDs have the ninth digit in the areas 11 to 28, and mostly lack it in the others.
    usualId: /\+55(?:[12]\d9\d{8}|[3-9]\d[6-9]\d{7})$/,
  },
];

/** Returns the other number of the same phone on WhatsApp, both with a plus: `+523312345000` ↔ `+5213312345000`. */
export function twinOf(number: string): string | undefined {
  for (const { digit, without, with: withDigit } of twins) {
    if (without.test(number)) {
      return number.replace(without, (_, start: string, end: string) => start + digit + end);
    }
    if (withDigit.test(number)) return number.replace(withDigit, '$1$2');
  }
  return undefined;
}

/** True if this one of the two numbers is usually the ID on WhatsApp. */
export const isUsualId = (number: string): boolean => twins.some(({ usualId }) => usualId.test(number));
