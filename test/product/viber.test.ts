import { describe, expect, it } from '@jest/globals';
import { useChannel } from '../support/channel.ts';

const channel = useChannel({ contacts: 0, viber: true });
const id = 'nloI/TOL2seqOAjHslcr7Q==';

describe('a Viber channel, which takes IDs in Base64', () => {
  it('takes the raw ID in every operation that names a contact', async () => {
    const { run, sandbox, requests } = channel;
    sandbox.store.add({ id });
    expect(await run('searches.find_contact_by_id', { contact_id: id })).toMatchObject([{ id }]);
    await run('creates.update_contact', { contact_id: id, firstName: 'Ana' });
    await run('creates.add_tags', { contact_id: id, tags: ['VIP', 'New'] });
    await run('creates.remove_tags', { contact_id: id, tags: ['New'] });
    await run('creates.send_message', { contact_id: id, text: 'Hi' });
    expect(sandbox.store.get(id)).toMatchObject({ custom_fields: { firstName: 'Ana' }, tags: ['VIP'] });
    expect(sandbox.store.messagesOf(id)).toHaveLength(1);
    expect(requests()).toEqual(Array(5).fill(expect.stringContaining('/bmxvSS9UT0wyc2VxT0FqSHNsY3I3UT09')));
  });
});
