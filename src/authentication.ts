import type { Authentication, Bundle, ZObject } from 'zapier-platform-core';
import { knownHosts, openConnection } from './connection.ts';
import { listContactsByField } from './contacts.ts';

/** Reads one page of contacts: harmless, and refused with 401 where the token is wrong. */
async function test(z: ZObject, bundle: Bundle): Promise<{ host: string }> {
  await listContactsByField(z, bundle, { name: 'firstName', value: 'Zapier' });
  return { host: openConnection(bundle.authData).host };
}

/** The channel's name and its platform; a token pasted as the name is not shown. */
async function connectionLabel(_z: ZObject, { authData }: Bundle): Promise<string> {
  const { host, token } = openConnection(authData);
  const name = String(authData.channel_name ?? '').trim();
  return name === '' || name.includes(token) ? host : `${name} (${host})`;
}

export const authentication: Authentication = {
  type: 'custom',
  test,
  connectionLabel,
  fields: [
    {
      key: 'host',
      label: 'Platform',
      type: 'string',
      required: true,
      default: 'app.bony.chat',
      choices: { ...knownHosts, custom: 'Other platform' },
      isNoSecret: true,
      helpText: 'Where you log in to see your conversations.',
    },
    {
      key: 'custom_host',
      label: 'Platform Address',
      type: 'string',
      required: false,
      isNoSecret: true,
      placeholder: 'app.example.com',
      helpText: 'Only for **Other platform**: its address without anything after it, like `app.example.com`.',
    },
    {
      key: 'channel_token',
      label: 'Channel Token',
      type: 'password',
      required: true,
      helpText:
        'In your platform open **Settings → Channels** and click the key icon beside the channel to copy it ([Bony Chat](https://app.bony.chat/), [1980TIC Cloud](https://app.1980tic.us/), [Telenet](https://app.telenet/)). It gives access to the contacts of that channel only.',
    },
    {
      key: 'channel_type',
      label: 'Channel Type',
      type: 'string',
      required: false,
      isNoSecret: true,
      default: 'other',
      choices: { other: 'WhatsApp, Messenger, Telegram or any other', viber: 'Viber' },
      helpText: 'Viber needs the IDs of contacts in a form of its own.',
    },
    {
      key: 'channel_name',
      label: 'Channel Name',
      type: 'string',
      required: false,
      isNoSecret: true,
      placeholder: 'Support WhatsApp',
      helpText: 'Your own words, to tell this connection from others.',
    },
  ],
};
