import { badInput } from '../failures/failure.ts';
import { countries } from '../phone/countries.ts';
import { brand, brands, tokenPlace } from './brands.ts';

/** The choices of the Platform field. */
export const knownHosts = Object.fromEntries(
  Object.values(brands).map(({ name, host }) => [host, `${name} (${host})`]),
);

/** The fields of a connection as the user filled them in, not checked yet. */
export type AuthData = Record<string, unknown>;

export interface Connection {
  host: string; // The platform's host, as errors show it: `app.bony.chat`.
  baseUrl: string; // `https://{host}/api/v1`
  token: string;
  /** On WhatsApp contact IDs are phone numbers. On Viber paths carry them in Base64. */
  channelType: 'other' | 'whatsapp' | 'viber';
  country: string | undefined; // Phones without a country code are read as numbers of this country (ISO 3166 alpha-2).
}

const hostHelp = 'Enter only the address of your platform, like "app.example.com".';
/** A public host name: letters, digits and hyphens in at least two labels, the last one only letters. */
const publicHost = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
/** Endings that are not public: in RFC 2606, 6761, 6762, 7686 and 9476, by ICANN, or common in private networks. */
const privateEnding =
  /\.(?:alt|arpa|consul|corp|docker|example|home|internal|intranet|invalid|lan|local|localdomain|localhost|mail|onion|private|test)$/;
/** Public names that resolve to this machine, or to an IP address inside the name. */
const loopbackService =
  /(?:^|\.)(?:(?:nip|sslip|xip|backname)\.io|(?:localtest|lvh|vcap|fuf|traefik)\.me|lacolhost\.com|localho\.st|local\.gd|rbndr\.us|1u\.ms)$/;
/** A private or loopback IPv4 address inside a name: `10.0.0.1.example.com`, `app-192-168-0-1.example.com`. */
const privateAddress =
  /(?:^|[.-])(?:(?:0|10|127)[.-]\d{1,3}|169[.-]254|172[.-](?:1[6-9]|2\d|3[01])|192[.-]168)(?:[.-]\d{1,3}){2}(?:[.-]|$)/;
/** Punycode can look like the name of another host. */
const punycodeLabel = /(?:^|\.)xn--/;

function isPublicHost(host: string): boolean {
  const forbidden = [privateEnding, loopbackService, privateAddress, punycodeLabel];
  return host.length <= 253 && publicHost.test(host) && !forbidden.some((pattern) => pattern.test(host));
}

const textOf = (typed: unknown): string => String(typed ?? '').trim();

/** Returns the host of an address. Throws an input error, which says what to enter, if it is not a public host. */
function parseCustomHost(typed: unknown): string {
  const host = textOf(typed)
    .toLowerCase()
    .replace(/^(?:https?:\/\/)?([^/]*)\/?$/, '$1');
  if (host === '') throw badInput(`The Platform Address field is empty. ${hostHelp}`);
  if (isPublicHost(host)) return host;
  const [, withoutPath = '', path = ''] = /^(?:https?:\/\/)?([^/]*)(\/.*)$/.exec(host) ?? [];
  if (isPublicHost(withoutPath)) {
    throw badInput(
      `The Platform Address field contains more than an address. Leave out "${path.slice(0, 100)}" and enter only "${withoutPath}".`,
    );
  }
  throw badInput(
    `The Platform Address field does not contain a public web address. ${hostHelp} ` +
      'Leave out any port, user name or IP address.',
  );
}

function parseHost({ host, custom_host }: AuthData): string {
  if (brand) return brand.host;
  if (host === 'custom') return parseCustomHost(custom_host);
  if (typeof host === 'string' && Object.hasOwn(knownHosts, host)) return host;
  throw badInput(
    'The Platform field must be one of the platforms in the list. Choose yours, or choose Other platform and enter its address.',
  );
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** During development, `CHANNEL_API_BASE_URL` can point to a sandbox on this machine, and nowhere else. */
function developmentUrl(): URL | undefined {
  const typed = process.env.CHANNEL_API_BASE_URL;
  if (!typed) return undefined;
  const url = URL.parse(typed);
  const isLocal = url && /^https?:$/.test(url.protocol) && loopback.test(url.hostname);
  if (!isLocal || url.href !== `${url.origin}/`) {
    throw badInput(
      'CHANNEL_API_BASE_URL is for development on this machine: set it to a loopback address ' +
        'like "http://127.0.0.1:4010", or unset it.',
    );
  }
  return url;
}

function parseToken(typed: unknown): string {
  const token = textOf(typed);
  if (token === '') throw badInput(`The Channel Token field is empty. Copy the token from ${tokenPlace}.`);
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw badInput(
      'The Channel Token field contains spaces or other characters that tokens never have. ' +
        `Copy only the token, from ${tokenPlace}.`,
    );
  }
  return token;
}

const channelTypes = ['other', 'whatsapp', 'viber'] as const;

/** Returns undefined for connections made before there was a field for the country. */
function parseCountry(typed: unknown): string | undefined {
  const country = textOf(typed).toUpperCase();
  if (country !== '' && !Object.hasOwn(countries, country)) {
    throw badInput(
      'The Country field must be one of the countries in the list. Choose one, or leave the field empty.',
    );
  }
  return country || undefined;
}

/** Throws an input error if a field of the connection cannot work. */
export function openConnection(authData: AuthData): Connection {
  const development = developmentUrl();
  const host = development && authData.host === undefined ? development.host : parseHost(authData);
  return {
    host,
    baseUrl: `${development?.origin ?? `https://${host}`}/api/v1`,
    token: parseToken(authData.channel_token),
    channelType: channelTypes.find((type) => type === authData.channel_type) ?? 'other',
    country: parseCountry(authData.country),
  };
}
