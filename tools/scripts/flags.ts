import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { brands } from '../../src/connection/brands.ts';

/** A script as its user knows it, `npm start`, and what it does; its flags are added to it. */
export function script(name: string, does: string) {
  return new Command(`${name} --`)
    .description(does)
    .helpOption('--help', 'shows this')
    .showHelpAfterError(`All flags: ${name} -- --help`);
}

/** The value of a flag: a whole number up to `most`. */
export const wholeNumber = (most: number) => (text: string) => {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new InvalidArgumentError(`Allowed is a whole number from 0 to ${most}.`);
};

/** Whom a build is for, in words. */
export const brandName = (brand?: string) =>
  Object.entries(brands).find(([key]) => key === brand)?.[1].name ?? 'every platform';

/** The flag that builds for one brand. The platform's own build runs ours without flags, so a variable can name it too. */
export const brandFlag = () =>
  new Option('--brand <name>', 'for one brand, whose platform is not asked for')
    .choices(Object.keys(brands))
    .env('CHANNEL_BRAND');
