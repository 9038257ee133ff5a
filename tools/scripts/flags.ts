import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { brands } from '../../src/connection/brands.ts';

/** Returns a commander program without flags. `name` is what the user types, such as `npm start`. */
export function script(name: string, does: string) {
  return new Command(`${name} --`)
    .description(does)
    .helpOption('--help', 'shows this')
    .showHelpAfterError(`All flags: ${name} -- --help`);
}

/** Returns a parser of a flag's value: a whole number up to `most`. */
export const wholeNumber = (most: number) => (text: string) => {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new InvalidArgumentError(`Allowed is a whole number from 0 to ${most}.`);
};

/** Returns the name of the brand that a build is for; "every platform" if it is for all. */
export const brandName = (brand?: string) =>
  Object.entries(brands).find(([key]) => key === brand)?.[1].name ?? 'every platform';

/** The flag that builds for one brand. A variable can name it too, because Zapier's command line runs our build without flags. */
export const brandFlag = () =>
  new Option('--brand <name>', 'for one brand, whose platform is not asked for')
    .choices(Object.keys(brands))
    .env('CHANNEL_BRAND');
