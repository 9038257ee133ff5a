/** How WhatsApp may know mobile numbers of a country: with one digit more, or less, than they are dialled with. */
interface Twins {
  digit: string;
  /** The number without the digit, in two groups: the digit goes between them. */
  without: RegExp;
  /** The number with the digit, in the same two groups. */
  with: RegExp;
  /** Matches the one of the two that is usually the ID on WhatsApp. */
  usualId: RegExp;
}

// Numbers here are in international form: the plus stands at their start alone, so the expressions need no ^.
const twins: Twins[] = [
  // Mexico. Dialled without the 1 since August 2019; working client code of this API uses IDs with it.
  // https://support.whapi.cloud/help-desk/faq/specifics-of-sending-messages-to-numbers-of-different-countries
  {
    digit: '1',
    without: /(\+52)([2-9]\d{9})$/,
    with: /(\+52)1([2-9]\d{9})$/,
    usualId: /\+521/,
  },
  // Argentina, by the same page. The area codes begin with 1, 2 or 3.
  {
    digit: '9',
    without: /(\+54)([1-3]\d{9})$/,
    with: /(\+54)9([1-3]\d{9})$/,
    usualId: /\+549/,
  },
  // Brazil, mobile numbers only: an area code of two digits, then eight that begin with 6 to 9. Landlines begin with 2 to 5.
  // https://www.zoko.io/learning-article/whatsapp-id-brazil-mexico
  {
    digit: '9',
    without: /(\+55[1-9]{2})([6-9]\d{7})$/,
    with: /(\+55[1-9]{2})9([6-9]\d{7})$/,
    // With the ninth digit in the areas 11 to 28, mostly without it in the others.
    usualId: /\+55(?:[12]\d9\d{8}|[3-9]\d[6-9]\d{7})$/,
  },
];

/**
 * The other number by which WhatsApp may know the same phone, or undefined where there is none.
 * Takes and gives international numbers: `+523312345000` ↔ `+5213312345000`.
 */
export function twinOf(number: string): string | undefined {
  for (const { digit, without, with: withDigit } of twins) {
    if (without.test(number)) {
      return number.replace(without, (_, start: string, end: string) => start + digit + end);
    }
    if (withDigit.test(number)) return number.replace(withDigit, '$1$2');
  }
  return undefined;
}

/** Whether a number that has a twin is the one of the two that is usually the ID on WhatsApp. */
export function isUsualId(number: string): boolean {
  return twins.some(({ usualId }) => usualId.test(number));
}
