/** A text that may be a phone, without the marks around it. */
export interface PhoneText {
  text: string; // As typed, but without surrounding marks and a spreadsheet's `.0`: `33 1234 5000` of `'33 1234 5000.0`.
  digits: string; // Its digits, with a plus if the number tells its country: `+523312345000` of `00 52 33 1234 5000`.
}

/** Characters. No phone is longer, even with the words around it. */
const longest = 100;

/** Words before a phone, in the languages of the brands and their neighbors. */
const labelWords = [
  'n|t|p|m|c|h|w|ph|wa|hp|tel|telf|tlf|tlfn|tlfno|tfn|tfno|t[eé]l[eé](?:fono|phone|fone|fon)',
  'fono?|fone|phone|mob|mobil|mobile|mobiel|m[oó]vil|mov|cell?|celu|celular|cellulare|cellphone|handy',
  'whats|whatsapp|wsp|wpp|wapp|gsm|sms|call|callto|n[uú]m|n[uú]m[eé]r[oi]|number|nummer|rufnummer|nomor',
  'nro|nr|no|contact|contact[oe]|home|work|office|main|personal|private|business|primary',
  'casa|trabajo|trabalho|oficina|principal',
].join('|');
const symbols = '\\p{So}\\p{ExtPict}\\p{EMod}\\s•';
const quotes = '\\p{Pi}\\p{Pf}„‚"\'`\u0301<>';
const marksBefore = new RegExp(
  `^(?:[${symbols}${quotes}=:]|[(\\[]?(?:${labelWords})(?:[\\s.:;,/#|=°)\\]–-]+|(?=\\+)))+`,
  'iu',
);
const marksAfter = new RegExp(`[${symbols}${quotes},;.]+$`, 'u');
const minus = '\\p{Pd}\u2212\u02d7';
const startsWithMinus = new RegExp(`^[\\s([]*[${minus}]`, 'u');
const separators = new RegExp(`[ \\p{Zs}${minus}()[\\].]`, 'gu');
/**
 * An extension, or the end of a second number: `33 1111 2225-26`, `202-555-0143-44`. Russian and Polish numbers have two
 * dashes there, and two or three digits before the last one.
 */
const dashNearTheEnd = new RegExp(`(?:^[^${minus}]*\\d|\\d{2})\\d{2}\\s?[${minus}]\\s?\\d\\d?$`, 'u');
/** Two numbers of one form, every digit written as 0: `000-0000 000-0000`. */
const pair = /^((?:0[ -]?){6,}0)[ -]\1$/;
/** A year before or after two numbers of one or two digits. */
const date = /^(?:(?:19|20)\d\d([-. ])\d\d?\1\d\d?|\d\d?([-. ])\d\d?\2(?:19|20)\d\d)$/;

/** Returns the ASCII digit for a digit of any script. Each script has its ten digits in a row. */
function digitOf(digit: string): string {
  const code = Number(digit.codePointAt(0));
  let before = 0;
  while (/\p{Nd}/u.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}

/** Drops `.0`, `,0` and `.00` of spreadsheets; undefined for other decimals. Dots also separate groups: `01.23.45`. */
function withoutTail(text: string): string | undefined {
  const [, head = '', point = '', tail = ''] = /^(.*\d) ?([.,]) ?(\d+)$/.exec(text) ?? [];
  if (point === '' || (point === ',' && head.includes(','))) return text;
  const isOneNumber = /^\+*\d{7,}$/.test(head);
  const endsALongGroup = /\d{3}$/.test(head) && tail.length < 3;
  if (point === '.' && !isOneNumber && tail.length > 1 && !endsALongGroup) return text;
  const isZero = /^0+$/.test(tail) && (isOneNumber || tail.length < 3);
  return isZero && !(point === '.' && head.includes('.')) ? head : undefined;
}

/** True for equal digits, which people write if they have no number. */
export const isPlaceholder = (digits: string): boolean => /^\+?(?:0+|(\d)\1{6,})$/.test(digits);

/** True if a text is more than one number: a second one, an extension, or decimals after a space. */
function areSeveral(text: string): boolean {
  const groups = text.match(/\d+/g) ?? [];
  const last = groups.at(-1)?.length ?? 0;
  const longer = groups.slice(0, -1).map(({ length }) => length);
  return (
    pair.test(text.replace(/\d/g, '0')) ||
    (longer.length > 0 && last === 1) ||
    longer.some((length) => (length >= 7 && (last <= 2 || last >= 7)) || (length >= 10 && last <= 4))
  );
}

/**
 * Reads a phone as people, forms and spreadsheets write it; undefined if it is no phone, or more than one. A text with
 * letters is no phone: an extension stands for one of several people with a number. A slash or a comma separates dates and
 * second numbers.
 */
export function readPhoneText(typed: string): PhoneText | undefined {
  // NFKC turns superscripts and fractions into digits, which would not belong to the number.
  if (typed.length > longest || /\p{No}/u.test(typed)) return undefined;
  const plain = typed
    .normalize('NFKC')
    .replace(/\p{DI}|\u20e3/gu, '')
    .replace(/\p{Nd}/gu, digitOf)
    .replaceAll('\u2795', '+')
    .replaceAll('\u2796', '-')
    .replaceAll('\u066b', '.')
    .trim();
  const inner = plain.replace(marksBefore, '').replace(marksAfter, '');
  const text = startsWithMinus.test(inner) || dashNearTheEnd.test(inner) ? undefined : withoutTail(inner);
  if (text === undefined || date.test(text) || areSeveral(text)) return undefined;
  const digits = text
    .replace(separators, '')
    .replace(/^(?:\++(?:00)?|00)/, '+')
    // Mexican prefixes that ended in 2019. The library refuses them.
    .replace(/^(\+?52)(?:1|01|04[45])([2-9]\d{9})$/, '$1$2');
  return /^\+?\d+$/.test(digits) && !isPlaceholder(digits)
    ? { text: text === plain ? typed.trim() : text, digits }
    : undefined;
}
