import type { Client } from './client.ts';
import { contactAnswer, described, pageOf, searchPath } from './contact-checks.ts';
import { askSupport, CannotAsk, type CheckGroup, judge } from './finding.ts';

/** Text with the characters that are most often damaged in transit. */
const text = 'doctor {{first_name}} 🎉 "a&b" +1 100%';
const tag = 'zapier-doctor';

/** Tells the owner what `--write` will do, before it is done. */
export const announcement = `--write: creates one contact with the first name "Zapier Doctor (delete me)", changes its last name and tags it "${tag}". The API cannot delete contacts: delete it in your platform afterwards.`;

const questions = {
  created: 'Can a contact be created?',
  found: 'Is a new contact found at once?',
  saved: 'Is a changed field saved as it was sent?',
  tagged: 'Is a tag added?',
};

/** Creates, finds, updates and tags one contact, whose e-mail address holds `runId`. */
export function writeChecks(client: Client, runId: string): CheckGroup {
  return {
    questions: Object.values(questions),
    async *check() {
      const email = `zapier-doctor-${runId}@example.com`;
      const custom_fields = [
        { name: 'firstName', value: 'Zapier Doctor (delete me)' },
        { name: 'email', value: email },
      ];
      const created = await client.send('/contact/', {}, 'POST', { custom_fields });
      const id = String(Object(Object(created.data).data).id ?? '');
      yield judge(id !== '', {
        question: questions.created,
        expected: 'status 200 with its ID',
        found: id ? `status ${created.status}, ID ${id}` : described(created),
        good: 'Create Contact works.',
        bad: 'Create Contact fails.',
        next: askSupport,
      });
      if (id === '') throw new CannotAsk('no contact was created', askSupport, false);

      const page = pageOf(await client.send(searchPath, { name: 'email', value: email }));
      const isFound = page?.contacts.some((contact) => contact.id === id) ?? false;
      yield judge(isFound, {
        question: questions.found,
        expected: 'yes',
        found: isFound ? 'yes' : 'no',
        good: 'Find or Create Contact creates no duplicates.',
        bad: 'Find or Create Contact can create duplicates if the same person comes twice within a short time.',
        next: 'Put a Delay step before steps that look up a contact which another step has just created.',
      });
      yield* changes(client, id);
    },
  };
}

async function* changes(client: Client, id: string) {
  const path = client.contactPath(id);
  await client.send(path, {}, 'PUT', { custom_fields: [{ name: 'lastName', value: text }] });
  await client.send(`${path}/tags`, {}, 'POST', { tags: [tag] });
  const contact = contactAnswer.safeParse((await client.send(path)).data).data?.data;
  const { lastName } = Object(contact?.custom_fields);
  yield judge(lastName === text, {
    question: questions.saved,
    expected: 'every character',
    found: lastName === text ? 'every character' : `"${String(lastName)}"`,
    good: 'Update Contact saves what you type.',
    bad: 'Update Contact loses or changes characters.',
    next: `${askSupport} What was sent: ${text}`,
  });
  const isTagged = contact?.tags.includes(tag) ?? false;
  yield judge(isTagged, {
    question: questions.tagged,
    expected: 'yes',
    found: isTagged ? 'yes' : 'no',
    good: 'Add Tags to Contact works.',
    bad: 'Add Tags to Contact does nothing.',
    next: askSupport,
  });
}
