/** A brand of the platform, and what its own documentation says. */
export interface Brand {
  name: string;
  /** Where it is used and where its API lives. */
  host: string;
  /** Requests that the Contacts API takes from one channel. */
  requestsPerMinute: number;
  /** Where a channel's token is made. */
  tokenUrl: string;
}

/** Every brand, by the name that `npm run build -- --brand` takes. Adding one is an entry here and nothing else. */
export const brands = {
  bony: {
    name: 'Bony Chat',
    host: 'app.bony.chat',
    requestsPerMinute: 100,
    tokenUrl: 'https://app.bony.chat/',
  },
  '1980tic': {
    name: '1980TIC Cloud',
    host: 'app.1980tic.us',
    requestsPerMinute: 100,
    tokenUrl: 'https://app.1980tic.us/',
  },
  telenet: {
    name: 'Telenet',
    host: 'app.telenet',
    requestsPerMinute: 100,
    tokenUrl: 'https://app.telenet/',
  },
} satisfies Record<string, Brand>;

const known: Record<string, Brand> = brands;

/** The brand that this build is for, set by the build; undefined where the host is asked for. */
export const brand = known[process.env.CHANNEL_BRAND ?? ''];

/** What texts call the platform. */
export const platformName = brand?.name ?? 'your platform';

/** Where a platform shows the token of a channel. */
export const tokenPlace = 'Settings → Channels → the key icon';

/** What to do where the host may be the wrong one. */
export const checkPlatform = brand
  ? `If this continues, contact ${brand.name} support.`
  : 'Check the platform chosen in the connection.';
