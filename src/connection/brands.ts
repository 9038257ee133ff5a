/** A brand of the platform, as its own documentation describes it. */
export interface Brand {
  name: string;
  host: string; // The host of its web app and of its API.
  requestsPerMinute: number; // Contact requests that one channel may make.
  tokenUrl: string; // The page on which the token of a channel is made.
}

/** Every brand, by its name in `npm run build -- --brand`. A new brand is one more entry. */
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
  telenet: { name: 'Telenet', host: 'app.telenet', requestsPerMinute: 100, tokenUrl: 'https://app.telenet/' },
} satisfies Record<string, Brand>;

const known: Record<string, Brand> = brands;
/** The brand of this build; undefined if users choose their platform in the connection. */
export const brand = known[process.env.CHANNEL_BRAND ?? ''];
export const platformName = brand?.name ?? 'your platform';
export const tokenPlace = 'Settings → Channels → the key icon';

/** The advice for errors that a wrong host can cause. */
export const checkPlatform = brand
  ? `If this continues, contact ${brand.name} support.`
  : 'Check the platform chosen in the connection.';
