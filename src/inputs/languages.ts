import { badInput } from '../failures/failure.ts';
import { type Input, parseRequiredText, trimmed } from './values.ts';

/** The codes of the languages that WhatsApp approves templates in, from its documentation. */
const languageCodes = `
  af sq ar ar_EG ar_AE ar_LB ar_MA ar_QA az be_BY bn bn_IN bg ca zh_CN zh_HK zh_TW hr cs da prs_AF nl
  nl_BE en en_GB en_US en_AE en_AU en_CA en_GH en_IE en_IN en_JM en_MY en_NZ en_QA en_SG en_UG en_ZA et
  fil fi fr fr_BE fr_CA fr_CH fr_CI fr_MA ka de de_AT de_CH el gu ha he hi hu id ga it ja kn kk rw_RW ko
  ky_KG lo lv lt mk ms ml mr nb ps_AF fa pl pt_BR pt_PT pa ro ru sr si_LK sk sl es es_AR es_CL es_CO es_CR
  es_DO es_EC es_HN es_MX es_PA es_PE es_ES es_UY sw sv ta te th tr uk ur uz vi zu
`
  .trim()
  .split(/\s+/);

/** The choices of a form, by code: `Spanish (Mexico)` for `es_MX`, sorted by name. */
export function languageChoices(): Record<string, string> {
  const names = new Intl.DisplayNames('en', { type: 'language', languageDisplay: 'standard' });
  const choices = languageCodes.map((code) => [code, String(names.of(code.replace('_', '-')))] as const);
  return Object.fromEntries(choices.sort(([, a], [, b]) => a.localeCompare(b)));
}

/** The code that the user chose or typed, as WhatsApp writes it. Throws bad input for what is none, like a name. */
export function parseLanguage(input: Input): string {
  const instead = 'Choose the language of the approved template, or enter its code, like en or es_MX.';
  const typed = trimmed(parseRequiredText('Template Language', input, instead));
  const code = typed.toLowerCase().replace('-', '_');
  if (!/^[a-z]{2,3}(?:_(?:[a-z]{2}|\d{3}))?$/.test(code)) {
    throw badInput(
      `The Template Language field contains "${typed.slice(0, 100)}", which is not the code of a language. ${instead}`,
    );
  }
  const listed = languageCodes.find((known) => known.toLowerCase() === code);
  return listed ?? code.replace(/_.*/, (region) => region.toUpperCase());
}

/** How people write the name of a language, without what differs from one to the other. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
}

/**
 * The code of a contact's language that was typed as a code in another writing, or as a name in English, in Spanish or in
 * the language itself: `es` for `ES`, `Spanish` and `Español`, `es_MX` for `es-MX`. What is none of these stays as it is.
 */
export function languageOf(typed: string): string {
  const text = trimmed(typed);
  const codes = [...new Set(languageCodes.flatMap((code) => [code.replace(/_.*/, ''), code]))];
  const isTyped = (code: string) => code.toLowerCase() === text.toLowerCase().replace('-', '_');
  const namesIn = (locale: string) =>
    new Intl.DisplayNames(locale, { type: 'language', languageDisplay: 'standard' });
  const common = ['en', 'es'].map(namesIn);
  const isNamed = (code: string) => {
    const tag = code.replace('_', '-');
    return [...common, namesIn(tag)].some((names) => plain(String(names.of(tag))) === plain(text));
  };
  return codes.find(isTyped) ?? codes.find(isNamed) ?? typed;
}
