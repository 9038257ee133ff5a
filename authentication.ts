import type { Authentication, AuthField, Bundle, ZObject } from 'zapier-platform-core';
import { openChannel } from './src/api/channel.ts';
import { brand, brands } from './src/connection/brands.ts';
import { knownHosts, openConnection } from './src/connection/connection.ts';
import { countries } from './src/phone/countries.ts';

/** Tests a connection by reading a page of contacts: that changes nothing, and a wrong token gets a 401. */
async function test(z: ZObject, bundle: Bundle): Promise<{ host: string }> {
  const channel = openChannel(z, bundle);
  await channel.listContacts({ name: 'firstName', value: 'Zapier' });
  return { host: channel.host };
}

/** Returns the channel's name or else its type, and its platform in brackets. A token pasted as the name is not shown. */
async function connectionLabel(_z: ZObject, { authData }: Bundle): Promise<string> {
  const { host, token, channelType } = openConnection(authData);
  const typed = String(authData.channel_name ?? '').trim();
  const name = typed === '' || typed.includes(token) ? typeNames[channelType] : typed;
  return name === undefined ? host : `${name} (${host})`;
}

/** The names of channel types. The type `other` says nothing, so it has none. */
const typeNames: Partial<Record<string, string>> = { whatsapp: 'WhatsApp', viber: 'Viber' };

const platformFields: AuthField[] = [
  {
    key: 'host',
    label: 'Platform',
    required: true,
    isNoSecret: true,
    choices: { ...knownHosts, custom: 'Other platform' },
    helpText: 'The website where you log in to see your conversations.',
  },
  {
    key: 'custom_host',
    label: 'Platform Address',
    required: false,
    isNoSecret: true,
    placeholder: 'app.example.com',
    helpText: 'Only for **Other platform**: its address and nothing after it, like `app.example.com`.',
  },
];

const tokenLinks = (brand ? [brand] : Object.values(brands)).map(
  ({ name, tokenUrl }) => `[${name}](${tokenUrl})`,
);

const channelFields: AuthField[] = [
  {
    key: 'channel_token',
    label: 'Channel Token',
    type: 'password',
    required: true,
    helpText: `Open **Settings → Channels** in ${tokenLinks.join(' · ')} and click the key icon beside the channel. The token gives access to the contacts of that channel only.`,
  },
  {
    key: 'channel_type',
    label: 'Channel Type',
    required: false,
    isNoSecret: true,
    default: 'other',
    choices: { other: 'Messenger, Telegram or any other', ...typeNames },
    helpText:
      'Choose **WhatsApp** or **Viber** if the channel is one of them. On WhatsApp, contacts are looked up by their number first. On Viber, contact IDs are sent in a different form.',
  },
  {
    key: 'country',
    label: 'Country',
    required: false,
    isNoSecret: true,
    choices: countries,
    helpText:
      'Phone numbers without a `+`, like `202 555 0143`, are read as numbers of this country. Without a country they stay text and find only contacts saved with the same digits.',
  },
  {
    key: 'channel_name',
    label: 'Channel Name',
    required: false,
    isNoSecret: true,
    placeholder: 'Support WhatsApp',
    helpText:
      'Any name that tells this connection from others. Without one, it shows its channel type and platform.',
  },
];

/** A connection is one channel, known by its token. A build for one brand does not ask for the platform. */
export const authentication: Authentication = {
  type: 'custom',
  test,
  connectionLabel,
  fields: brand ? channelFields : [...platformFields, ...channelFields],
};
