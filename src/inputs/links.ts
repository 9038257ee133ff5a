import type { PlainInputField } from 'zapier-platform-core';
import { badInput } from '../failures/failure.ts';
import { type Input, parseRequiredText, parseText, trimmed } from './values.ts';

/** Turns an error's advice into a help text: Zapier wants links there marked as code. */
export const withCode = (sentence: string): string => sentence.replace(/"(https:[^"]*)"/, '`$1`');
/** Two links, or a link with a line break in it. A link inside a link follows one of `/=?&:(`. */
const severalLinks = /[\p{Cc}\u2028\u2029]|.[^/=?&:(]https?:\/\/|[\s,;|]www\./iu;
const linkParts = /^(https?:\/\/)([^/?#\\]+)((?:[/?#].*)?)$/iu;
/** Characters that an address cannot contain. Braces stay, because they are the variables of buttons. */
const notInAddresses = /[^!#-;=?-[\]_a-z{}~]/gu;

/** Returns a link, trimmed and percent-encoded where needed. `instead` tells the user what to enter. */
export function parseLink(label: string, input: Input, instead: string): string {
  const typed = trimmed(parseRequiredText(label, input, instead));
  if (severalLinks.test(typed)) {
    throw badInput(`The ${label} field contains a line break or more than one link. ${instead}`);
  }
  const [, scheme, host = '', rest = ''] = linkParts.exec(typed) ?? [];
  const url = URL.parse(typed);
  if (!scheme || !url) {
    throw badInput(
      `The ${label} field does not contain a link that starts with http:// or https://. ${instead}`,
    );
  }
  const asciiHost = /^[!-~]+$/.test(host) ? host : url.host;
  return scheme + asciiHost + rest.replace(notInAddresses, encodeURIComponent);
}

/** A service whose share links open a web page instead of the file. */
interface SharingService {
  name: string;
  page: RegExp; // Matches host, path and query of such pages.
  file?: RegExp; // Matches links to the file itself, if `page` matches them too.
  wayOut: string;
}

const sharingServices: SharingService[] = [
  {
    name: 'Google Drive',
    page: /^drive\.google\.com\/(?:a\/[^/]+\/|u\/\d+\/)*(?:file|open|drive|folderview)\b/i,
    wayOut:
      'Share the file with anyone who has the link, and enter https://drive.google.com/uc?export=download&id= with the ID from that link behind it.',
  },
  {
    name: 'Google Docs',
    page: /^docs\.google\.com\/(?:a\/[^/]+\/|u\/\d+\/)*(?:document|spreadsheets|presentation|drawings|forms|file|open)\b/i,
    file: /\/export\b|\/gviz\/|[?&]output=/i,
    wayOut:
      'Share the file with anyone who has the link, and enter /export?format=pdf instead of /edit and all that follows it.',
  },
  {
    name: 'Dropbox',
    page: /^(?:www\.|m\.)?dropbox\.com\/(?!s\/(?:dl|raw)\/)/i,
    file: /[?&](?:dl|raw)=1(?:&|$)/i,
    wayOut: 'Enter dl=1 instead of dl=0 at the end of the link.',
  },
  {
    name: 'OneDrive',
    page: /^(?:1drv\.ms|onedrive\.live\.com|[^/]+\.sharepoint\.\w+\/(?::\w:|.*\.aspx\b|.*[?&]web=1))/i,
    file: /[?&]download=1(?:&|$)|\/download(?:\.aspx)?\?/i,
    wayOut:
      'Add download=1 to the end of a link of OneDrive for work, after a ? or a &. A personal OneDrive has no link to the file itself: store the file somewhere else.',
  },
  {
    name: 'WeTransfer',
    page: /^(?:we\.tl|(?:(?!download\.)[^/]+\.)?wetransfer\.com)\//i,
    wayOut: 'WeTransfer has no link to the file itself: store the file somewhere else.',
  },
];

/** Throws an input error for share links that open a page, because the platform would download that page. */
function parseFileLink(label: string, input: Input, instead: string): string {
  const link = parseLink(label, input, instead);
  const { host, pathname, search } = new URL(link);
  const place = host + pathname + search;
  const service = sharingServices.find(({ page, file }) => page.test(place) && !file?.test(place));
  if (service) {
    throw badInput(
      `The ${label} field contains a link to a page of ${service.name} that shows the file. ${service.wayOut}`,
    );
  }
  return link;
}

/** The input for another step's file, beside the input for a link. */
export function fileField(key: string, label: string, urlLabel: string): PlainInputField {
  return {
    key,
    label,
    type: 'file',
    helpText: `Instead of ${urlLabel}: map the file of another step. Zapier hands over a link to it. Try it with your own phone first, as a channel may look at how the link ends.`,
  };
}

/** Returns the link from one of two inputs. Throws an input error if both or neither are filled in. */
export function parseUrlOrFile(
  urlLabel: string,
  url: Input,
  fileLabel: string,
  file: Input,
  instead: string,
): string {
  const [hasUrl, hasFile] = [parseText(urlLabel, url), parseText(fileLabel, file)].map(trimmed);
  if (hasUrl && hasFile) {
    throw badInput(`The ${urlLabel} and ${fileLabel} fields are both filled in. Empty one of them.`);
  }
  return hasFile
    ? parseFileLink(fileLabel, file, instead)
    : parseFileLink(urlLabel, url, `${instead} To send the file of another step, map it into ${fileLabel}.`);
}

/** Returns the decoded file name at the end of a link's path; empty if there is none. */
export function fileNameOf(link: string): string {
  const { pathname } = new URL(link);
  const lastOf = (path: string) => /[^/]*\.\w+$/u.exec(path)?.[0] ?? '';
  try {
    return lastOf(decodeURIComponent(pathname));
  } catch {
    return lastOf(pathname);
  }
}
