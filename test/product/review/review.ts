import { valueAt } from '../../../tools/zapier/recipe.ts';
import type { Integration } from '../../../tools/zapier/runner.ts';
import { connectionFields, type Field, type Operation, operationsOf } from './read.ts';

/**
 * This file applies Zapier's public integration checks and its reviewers' text rules that a definition alone can break:
 * https://docs.zapier.com/platform/publish/integration-checks-reference
 *
 * D006, D016 and D017 are left out because this integration has no webhooks. D026 is left out because the tests of the
 * connection already check that a host typed by a user is validated.
 */

/** The checks, named by rule and mistake. A check is true if the mistake was made. */
type Checks = Record<string, boolean>;

/** The fields that need no dropdown of IDs, because the API has no call that lists contacts. */
const withoutDropdown = ['contact_id', 'id'];
/** API Request needs no verb in its label: the contract fixes this name, and the user chooses the method. */
const withoutVerb = ['creates.api_request'];

const smallWords = /^(?:a|an|and|as|at|by|for|in|of|on|or|to|with)$/;
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function isTitleCase(label: string): boolean {
  const words = label.split(' ');
  return words.every((word, index) => /^[A-Z]/.test(word) || (index > 0 && smallWords.test(word)));
}

/** True if a capitalized word precedes the noun in a label. In Zapier's pattern for labels, that word is the verb. */
function hasVerbBefore(noun: string, label: string): boolean {
  return new RegExp(`^(?!${noun})[A-Z][a-z]+ (?:or [A-Z][a-z]+ )?(?:.* )?${noun}`).test(label);
}

function hasType(value: unknown, { type, list, children }: Field): boolean {
  if (children) {
    return (
      Array.isArray(value) &&
      value.every((item) => children.every((field) => hasType(valueAt(item, field.key), field)))
    );
  }
  if (list) {
    return Array.isArray(value) && value.every((item) => typeof item === 'string');
  }
  if (type === 'datetime') {
    return typeof value === 'string' && isoDate.test(value);
  }
  return type === 'integer' ? Number.isInteger(value) : typeof value === (type ?? 'string');
}

/** Checks the rules that apply to every text a user reads. */
function checkText(text: string): Checks {
  const outsideCode = text.replaceAll(/`[^`]*`/g, '');
  const outsideLinks = outsideCode.replaceAll(/\[[^\]]+\]\(https:\/\/[^)\s]+\)/g, '');
  return {
    'D007 has a link without https': /\]\(http:/.test(outsideCode),
    'D008 has a link that is neither Markdown nor in backticks': /https?:\/\/|\]\(/.test(outsideLinks),
    'D025 has a dangerous address': /\b(?:javascript|data|vbscript):/i.test(text),
    'English has letters that English has not': /[\u00bf\u00a1\u00c0-\u024f]/.test(text),
    'Style does not end with a full stop': !/\.\)?$/.test(text),
  };
}

function checkField(
  { key, label = '', helpText, type, dynamic, search, choices }: Field,
  { triggers, searches }: Integration,
): Checks {
  const [trigger = ''] = dynamic?.split('.') ?? [];
  const [searched = ''] = search?.split('.') ?? [];
  return {
    'D005 has a dropdown of a trigger that does not exist': dynamic !== undefined && !(trigger in triggers),
    'D011 has a help text that repeats its label':
      helpText?.toLowerCase().startsWith(label.toLowerCase()) ?? false,
    'D013 points at a search that does not exist': search !== undefined && !(searched in searches),
    'D014 points at a search without a dropdown': search !== undefined && !dynamic && !choices,
    'D018 has a label that is not in title case': !isTitleCase(label),
    'Label has no label': label === '' && type !== 'copy',
    ...(helpText !== undefined && checkText(helpText)),
    'Key has a key that is not plain': !/^\w+$/.test(key),
  };
}

function checkOperation(operation: Operation): Checks {
  const { place, type, noun, label, description, inputFields, outputFields, sample = {} } = operation;
  const primary = outputFields.filter((field) => field.primary).map(({ key }) => key);
  const hasId = (key: string) => valueAt(sample, key) !== undefined;
  const needsDropdown = ({ key }: Field) => /(?:^|_)id$/.test(key) && !withoutDropdown.includes(key);
  const misfits = outputFields.filter((field) => !hasType(valueAt(sample, field.key), field));
  const isSecret = ({ key }: Field) => /token|api_?key|secret|password/i.test(key);
  return {
    'D001 asks for a secret that belongs to the connection': inputFields.some(isSecret),
    'D004 asks for an ID without a dropdown': inputFields.some(
      (field) => needsDropdown(field) && !field.dynamic && !field.choices,
    ),
    'D009 searches by nothing': type === 'searches' && inputFields.length === 0,
    'D010 has a sample without its primary key':
      !(primary.length > 0 ? primary : ['id']).every(hasId) && place !== 'creates.api_request',
    'D012 has no sample': Object.keys(sample).length === 0,
    'D018 has a label that is not in title case': !isTitleCase(label),
    'D021 has a description that does not begin with "Triggers when "':
      type === 'triggers' && !description.startsWith('Triggers when '),
    'D022 has no static field': type === 'creates' && !operation.hasStaticFields,
    'D023 has a sample with a date that is none of ISO 8601': Object.entries(sample).some(
      ([key, value]) => key.endsWith('_at') && !isoDate.test(String(value)),
    ),
    [`D024 has a sample that does not fit ${misfits.map(({ key }) => key)}`]: misfits.length > 0,
    'Verb has a label without a verb before its noun':
      type !== 'triggers' && !withoutVerb.includes(place) && !hasVerbBefore(noun, label),
    ...checkText(description),
  };
}

function checkConnection(integration: Integration): Checks {
  const { connectionLabel, test } = Object(integration.authentication);
  const secrets = connectionFields(integration).filter(({ type }) => type === 'password');
  const isExplained = secrets.every(({ helpText }) => helpText?.includes('](https://'));
  return {
    'D002 does not link to where the token is found': !isExplained,
    'D003 has no label': !connectionLabel,
    'Test has no test': !test,
  };
}

/** Returns a line for each mistake that would make a reviewer reject the integration: its rule, its place, the mistake. */
export function review(integration: Integration): string[] {
  const checkFields = (place: string, fields: Field[]) =>
    fields.map((field) => [`${place}.${field.key}`, checkField(field, integration)] as const);
  const pairs = Object.values(Object(integration).searchOrCreates ?? {}).map(Object);
  const places = [
    ['authentication', checkConnection(integration)] as const,
    ...checkFields('authentication', connectionFields(integration)),
    ...operationsOf(integration).flatMap((operation) => [
      [operation.place, checkOperation(operation)] as const,
      ...checkFields(operation.place, operation.inputFields),
    ]),
    ...pairs.map(({ key, search, create, display }) => {
      const exists = search in integration.searches && create in integration.creates;
      const checks: Checks = {
        'D015 joins a search and an action that do not both exist': !exists,
        'D018 has a label that is not in title case': !isTitleCase(display.label),
        ...checkText(display.description),
      };
      return [`searchOrCreates.${key}`, checks] as const;
    }),
  ];
  return places.flatMap(([place, checks]) => {
    const wrong = Object.keys(checks).filter((check) => checks[check]);
    return wrong.map((check) => check.replace(/^\w+/, `$&: ${place}`));
  });
}
