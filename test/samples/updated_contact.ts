export { sampleRun } from './new_contact.ts';
