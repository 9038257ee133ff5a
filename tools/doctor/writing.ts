import { contactIdSegment } from '../../src/models/contact.ts';
import { type Finding, judge } from './finding.ts';
import { contactAnswer, type Patient, pageOf, search } from './reading.ts';

/** Text that is often damaged on its way. */
const text = 'doctor {{first_name}} 🎉 "a&b" +1 100%';
const tag = 'zapier-doctor';

/** What `--write` is going to do, for the owner to read before it is done. */
export const announcement = `--write: creates one contact with the first name "Zapier Doctor (delete me)", changes its last name and tags it "${tag}".
The API cannot delete contacts: delete it in your platform afterwards.`;

/** Creates, finds, updates and tags one contact. */
export async function write({ probe, authData }: Patient, runId: string): Promise<Finding[]> {
  const email = `zapier-doctor-${runId}@example.com`;
  const custom_fields = [
    { name: 'firstName', value: 'Zapier Doctor (delete me)' },
    { name: 'email', value: email },
  ];
  const created = await probe.ask('/contact/', {}, 'POST', { custom_fields });
  const id = String(Object(Object(created.data).data).id ?? '');
  const findings = [
    judge(id !== '', {
      question: 'Can a contact be created?',
      expected: 'status 200 with its ID',
      found: `status ${created.status}, ${id ? `ID ${id}` : created.words || 'no ID'}`,
      good: 'Create Contact works.',
      bad: 'Create Contact fails.',
    }),
  ];
  if (id === '') return findings;

  const page = pageOf(await probe.ask(search, { name: 'email', value: email }));
  const isFound = page?.contacts.some((contact) => contact.id === id) ?? false;
  const path = `/contact/${contactIdSegment(id, authData.channel_type === 'viber')}`;
  await probe.ask(path, {}, 'PUT', { custom_fields: [{ name: 'lastName', value: text }] });
  await probe.ask(`${path}/tags`, {}, 'POST', { tags: [tag] });
  const contact = contactAnswer.safeParse((await probe.ask(path)).data).data?.data;
  const { lastName } = Object(contact?.custom_fields);
  const isTagged = contact?.tags.includes(tag) ?? false;
  return [
    ...findings,
    judge(isFound, {
      question: 'Is a new contact found at once?',
      expected: 'yes',
      found: isFound ? 'yes' : 'no',
      good: 'Find or Create Contact makes no doubles.',
      bad: 'Find or Create Contact can make doubles when the same person comes twice within a short time.',
    }),
    judge(lastName === text, {
      question: 'Is a changed field saved as it was sent?',
      expected: 'every character',
      found: lastName === text ? 'every character' : `"${String(lastName)}"`,
      good: 'Update Contact saves what you type.',
      bad: 'Update Contact loses or changes characters.',
    }),
    judge(isTagged, {
      question: 'Is a tag added?',
      expected: 'yes',
      found: isTagged ? 'yes' : 'no',
      good: 'Add Tags to Contact works.',
      bad: 'Add Tags to Contact does nothing.',
    }),
  ];
}
