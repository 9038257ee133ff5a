import { defineApp, version as platformVersion } from 'zapier-platform-core';
import { authentication } from './authentication.ts';
import addTags from './creates/add_tags.ts';
import apiRequest from './creates/api_request.ts';
import createContact from './creates/create_contact.ts';
import createOrUpdateContact from './creates/create_or_update_contact.ts';
import removeTags from './creates/remove_tags.ts';
import sendMessage from './creates/send_message.ts';
import sendTemplate from './creates/send_template.ts';
import updateContact from './creates/update_contact.ts';
import packageJson from './package.json' with { type: 'json' };
import findContactByCustomField from './searches/find_contact_by_custom_field.ts';
import findContactById from './searches/find_contact_by_id.ts';
import findContactByPhone from './searches/find_contact_by_phone.ts';
import findContacts from './searches/find_contacts.ts';
import newContact from './triggers/new_contact.ts';
import updatedContact from './triggers/updated_contact.ts';

export default defineApp({
  version: packageJson.version,
  platformVersion,
  authentication,
  flags: {
    // Core leaves inputs as the user filled them in. src/inputs/values.ts decides when one is empty.
    cleanInputData: false,
    // Core would patch Node's http to log requests, but every request goes through z.request, which logs it.
    skipHttpPatch: true,
  },
  triggers: { [newContact.key]: newContact, [updatedContact.key]: updatedContact },
  searches: {
    [findContactById.key]: findContactById,
    [findContactByPhone.key]: findContactByPhone,
    [findContactByCustomField.key]: findContactByCustomField,
    [findContacts.key]: findContacts,
  },
  creates: {
    [createContact.key]: createContact,
    [updateContact.key]: updateContact,
    [createOrUpdateContact.key]: createOrUpdateContact,
    [addTags.key]: addTags,
    [removeTags.key]: removeTags,
    [sendMessage.key]: sendMessage,
    [sendTemplate.key]: sendTemplate,
    [apiRequest.key]: apiRequest,
  },
  searchOrCreates: {
    [findContactByPhone.key]: {
      key: findContactByPhone.key,
      display: {
        label: 'Find or Create Contact by Phone',
        description: 'Finds a contact by its phone number, or creates one if there is none.',
      },
      search: findContactByPhone.key,
      create: createContact.key,
    },
    [findContactByCustomField.key]: {
      key: findContactByCustomField.key,
      display: {
        label: 'Find or Create Contact',
        description: 'Finds a contact by the value of one of its fields, or creates one if there is none.',
      },
      search: findContactByCustomField.key,
      create: createContact.key,
    },
  },
});
