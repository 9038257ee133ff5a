import { badInput } from '../failures/failure.ts';
import { type Input, parseRequiredText, trimmed } from './values.ts';

/** WhatsApp's documented languages by English names. Intl.DisplayNames would need 50 ms of each cold start for them. */
export const languageChoices: Record<string, string> = Object.fromEntries(
  `
  af Afrikaans|sq Albanian|ar Arabic|ar_EG Arabic (Egypt)|ar_LB Arabic (Lebanon)|ar_MA Arabic (Morocco)
  ar_QA Arabic (Qatar)|ar_AE Arabic (United Arab Emirates)|az Azerbaijani|bn Bangla|bn_IN Bangla (India)
  be_BY Belarusian (Belarus)|bg Bulgarian|ca Catalan|zh_CN Chinese (China)|zh_HK Chinese (Hong Kong SAR China)
  zh_TW Chinese (Taiwan)|hr Croatian|cs Czech|da Danish|nl Dutch|nl_BE Dutch (Belgium)|en English
  en_AU English (Australia)|en_CA English (Canada)|en_GH English (Ghana)|en_IN English (India)
  en_IE English (Ireland)|en_JM English (Jamaica)|en_MY English (Malaysia)|en_NZ English (New Zealand)
  en_QA English (Qatar)|en_SG English (Singapore)|en_ZA English (South Africa)|en_UG English (Uganda)
  en_AE English (United Arab Emirates)|en_GB English (United Kingdom)|en_US English (United States)|et Estonian
  fil Filipino|fi Finnish|fr French|fr_BE French (Belgium)|fr_CA French (Canada)|fr_CI French (Côte d’Ivoire)
  fr_MA French (Morocco)|fr_CH French (Switzerland)|ka Georgian|de German|de_AT German (Austria)
  de_CH German (Switzerland)|el Greek|gu Gujarati|ha Hausa|he Hebrew|hi Hindi|hu Hungarian|id Indonesian|ga Irish
  it Italian|ja Japanese|kn Kannada|kk Kazakh|rw_RW Kinyarwanda (Rwanda)|ko Korean|ky_KG Kyrgyz (Kyrgyzstan)
  lo Lao|lv Latvian|lt Lithuanian|mk Macedonian|ms Malay|ml Malayalam|mr Marathi|nb Norwegian Bokmål
  ps_AF Pashto (Afghanistan)|fa Persian|prs_AF Persian (Afghanistan)|pl Polish|pt_BR Portuguese (Brazil)
  pt_PT Portuguese (Portugal)|pa Punjabi|ro Romanian|ru Russian|sr Serbian|si_LK Sinhala (Sri Lanka)|sk Slovak
  sl Slovenian|es Spanish|es_AR Spanish (Argentina)|es_CL Spanish (Chile)|es_CO Spanish (Colombia)
  es_CR Spanish (Costa Rica)|es_DO Spanish (Dominican Republic)|es_EC Spanish (Ecuador)|es_HN Spanish (Honduras)
  es_MX Spanish (Mexico)|es_PA Spanish (Panama)|es_PE Spanish (Peru)|es_ES Spanish (Spain)|es_UY Spanish (Uruguay)
  sw Swahili|sv Swedish|ta Tamil|te Telugu|th Thai|tr Turkish|uk Ukrainian|ur Urdu|uz Uzbek|vi Vietnamese|zu Zulu
`
    .trim()
    .split(/\s*[|\n]\s*/)
    .map((language) => [language.replace(/ .*/, ''), language.replace(/\S+ /, '')]),
);
const languageCodes = Object.keys(languageChoices);

/** Reads the language of a template: returns its code as WhatsApp writes it, `es_MX` for `es-mx`. Throws an input error for names. */
export function parseLanguage(input: Input): string {
  const instead = 'Choose the language of the approved template, or enter its code, like "es_MX".';
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

/** Reduces a name to its letters, without accents and capitals. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
}

/** Reads the language of a contact: returns `es` for `Spanish`, `Español` and `ES`. Other texts are returned as typed. */
export function languageOf(typed: string): string {
  const text = trimmed(typed);
  const letters = plain(text);
  const codes = [...new Set(languageCodes.flatMap((code) => [code.replace(/_.*/, ''), code]))];
  const isTyped = (code: string) => code.toLowerCase() === text.toLowerCase().replace('-', '_');
  const namesIn = (locale: string) =>
    new Intl.DisplayNames(locale, { type: 'language', languageDisplay: 'standard' });
  const common = ['en', 'es'].map(namesIn);
  const isNamed = (code: string) => {
    const tag = code.replace('_', '-');
    return [...common, namesIn(tag)].some((names) => plain(String(names.of(tag))) === letters);
  };
  return codes.find(isTyped) ?? codes.find(isNamed) ?? typed;
}
