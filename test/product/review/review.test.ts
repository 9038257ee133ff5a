import { describe, expect, it } from '@jest/globals';
import App from '../../../index.ts';
import { review } from './review.ts';

const { add_tags } = App.creates;
const { find_contact_by_id } = App.searches;
const { new_contact } = App.triggers;

const pair = { key: 'x', search: 'x', create: 'x', display: { label: 'X', description: 'X.' } };

/** Returns the integration with a single, changed action, so that each test breaks one rule only. */
const withAction = (changes: object, operationChanges: object = {}) => {
  const display = { ...add_tags.display, ...changes };
  const operation = { ...add_tags.operation, ...operationChanges };
  return { ...App, creates: { add_tags: { ...add_tags, display, operation } }, searchOrCreates: {} };
};
const withField = (field: object) =>
  withAction({}, { inputFields: [{ key: 'tag', label: 'Tag', ...field }] });
const withSample = (sample: object, outputFields: object[] = []) => withAction({}, { sample, outputFields });
const withTrigger = (display: object) => ({
  ...App,
  triggers: { new_contact: { ...new_contact, display: { ...new_contact.display, ...display } } },
});
const withSearch = (operation: object) => ({
  ...App,
  searches: { find_contact_by_id: { ...find_contact_by_id, operation } },
  searchOrCreates: {},
});
const withConnection = (connection: object) => ({
  ...App,
  authentication: { ...App.authentication, ...connection },
});

describe("Zapier's review", () => {
  it('has nothing to send the integration back for', () => {
    expect(review(App)).toEqual([]);
  });

  it.each([
    ['D001: creates.add_tags', withField({ key: 'api_key', label: 'Key' })],
    ['D002: authentication', withConnection({ fields: [{ key: 'k', label: 'K', type: 'password' }] })],
    ['D003: authentication', withConnection({ connectionLabel: undefined })],
    ['D004: creates.add_tags', withField({ key: 'list_id', label: 'List' })],
    ['D005: creates.add_tags.tag', withField({ dynamic: 'tags.id.name' })],
    ['D007: creates.add_tags.tag', withField({ helpText: 'See [tags](http://a.example).' })],
    ['D008: creates.add_tags.tag', withField({ helpText: 'See https://a.example.' })],
    ['D008: creates.add_tags.tag', withField({ helpText: 'See [tags(https://a.example).' })],
    ['D009: searches.find_contact_by_id', withSearch({ sample: { id: '1' } })],
    ['D010: creates.add_tags', withSample({ tags: ['a'] })],
    ['D010: creates.add_tags', withSample({ id: '1' }, [{ key: 'name', type: 'string', primary: true }])],
    ['D011: creates.add_tags.tag', withField({ helpText: 'Tag to add.' })],
    ['D012: creates.add_tags', withAction({}, { sample: undefined })],
    ['D013: creates.add_tags.tag', withField({ search: 'find_tag.id' })],
    ['D014: creates.add_tags.tag', withField({ search: 'find_contact_by_id.id' })],
    ['D015: searchOrCreates.x', { ...App, searchOrCreates: { x: pair } }],
    ['D018: creates.add_tags', withAction({ label: 'Add tags' })],
    ['D018: creates.add_tags.tag', withField({ label: 'tag' })],
    ['D021: triggers.new_contact', withTrigger({ description: 'Fires when a contact is created.' })],
    ['D022: creates.add_tags', withAction({}, { inputFields: [] })],
    ['D023: creates.add_tags', withSample({ id: '1', created_at: '2026-01-01' })],
    ['D024: creates.add_tags', withSample({ id: '1' }, [{ key: 'id', type: 'integer' }])],
    ['D024: creates.add_tags', withSample({ id: '1', at: 'today' }, [{ key: 'at', type: 'datetime' }])],
    ['D025: creates.add_tags.tag', withField({ helpText: 'See `javascript:alert(1)`.' })],
    ['Verb: creates.add_tags', withAction({ label: 'Tags Added' })],
    ['English: creates.add_tags', withAction({ description: 'Añade etiquetas.' })],
    ['Style: creates.add_tags', withAction({ description: 'Adds tags' })],
    ['Label: creates.add_tags.tag', withField({ label: undefined })],
    ['Key: creates.add_tags.a tag', withField({ key: 'a tag' })],
    ['Test: authentication', withConnection({ test: undefined })],
  ])('would find %s', (finding, integration) => {
    expect(review(integration)).toEqual(expect.arrayContaining([expect.stringContaining(finding)]));
  });
});
