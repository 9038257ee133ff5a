import { valueAt } from '../../../tools/zapier/recipe.ts';
import type { Integration } from '../../../tools/zapier/runner.ts';
import { connectionFields, type Field, type Operation, operationsOf } from './read.ts';

/**
 * Zapier's public integration checks, and the text rules of its reviewers, as far as a definition decides them:
 * https://docs.zapier.com/platform/publish/integration-checks-reference
 *
 * Left out: D006, D016 and D017 are about webhooks, of which there are none; D026 asks that hosts which users type
 * are validated, which the tests of the connection show.
 */

type Check = [rule: string, problem: string, isWrong: boolean];

/** IDs that no dropdown can offer: the API has no call that lists contacts. */
const withoutDropdown = ['contact_id', 'id'];
/** The contract names it; it is a request of any verb. */
const withoutVerb = ['creates.api_request'];

const smallWords = /^(?:a|an|and|as|at|by|for|in|of|on|or|to|with)$/;
const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

function isTitleCase(label: string): boolean {
  const words = label.split(' ');
  return words.every((word, index) => /^[A-Z]/.test(word) || (index > 0 && smallWords.test(word)));
}

/** Whether something stands before the noun of a label: in a label of Zapier's form, that is the verb. */
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

/** What must hold of every text that a user reads. */
function checkText(text: string): Check[] {
  const outsideCode = text.replaceAll(/`[^`]*`/g, '');
  const outsideLinks = outsideCode.replaceAll(/\[[^\]]+\]\(https:\/\/[^)\s]+\)/g, '');
  return [
    ['D007', 'has a link without https', /\]\(http:/.test(outsideCode)],
    ['D008', 'has a link that is neither Markdown nor in backticks', /https?:\/\/|\]\(/.test(outsideLinks)],
    ['D025', 'has a dangerous address', /\b(?:javascript|data|vbscript):/i.test(text)],
    ['English', 'has letters that English has not', /[\u00bf\u00a1\u00c0-\u024f]/.test(text)],
    ['Style', 'does not end with a full stop', !text.endsWith('.')],
  ];
}

function checkField(
  { key, label = '', helpText, type, dynamic, search, choices }: Field,
  { triggers, searches }: Integration,
): Check[] {
  const [trigger = ''] = dynamic?.split('.') ?? [];
  const [searched = ''] = search?.split('.') ?? [];
  return [
    [
      'D005',
      'has a dropdown of a trigger that does not exist',
      dynamic !== undefined && !(trigger in triggers),
    ],
    [
      'D011',
      'has a help text that repeats its label',
      helpText?.toLowerCase().startsWith(label.toLowerCase()) ?? false,
    ],
    ['D013', 'points at a search that does not exist', search !== undefined && !(searched in searches)],
    ['D014', 'points at a search without a dropdown', search !== undefined && !dynamic && !choices],
    ['D018', 'has a label that is not in title case', !isTitleCase(label)],
    ['Label', 'has no label', label === '' && type !== 'copy'],
    ...(helpText === undefined ? [] : checkText(helpText)),
    ['Key', 'has a key that is not plain', !/^\w+$/.test(key)],
  ];
}

function checkOperation({
  place,
  type,
  noun,
  label,
  description,
  inputFields,
  outputFields,
  sample,
  hasStaticFields,
}: Operation): Check[] {
  const primary = outputFields.filter((field) => field.primary).map(({ key }) => key);
  const hasId = (key: string) => valueAt(sample, key) !== undefined;
  return [
    [
      'D001',
      'asks for a secret that belongs to the connection',
      inputFields.some(({ key }) => /token|api_?key|secret|password/i.test(key)),
    ],
    [
      'D004',
      'asks for an ID without a dropdown',
      inputFields.some(
        ({ key, dynamic, choices }) =>
          /(?:^|_)id$/.test(key) && !withoutDropdown.includes(key) && !dynamic && !choices,
      ),
    ],
    ['D009', 'searches by nothing', type === 'searches' && inputFields.length === 0],
    [
      'D010',
      'has a sample without its primary key',
      !(primary.length > 0 ? primary : ['id']).every(hasId) && place !== 'creates.api_request',
    ],
    ['D012', 'has no sample', Object.keys(sample ?? {}).length === 0],
    ['D018', 'has a label that is not in title case', !isTitleCase(label)],
    [
      'D021',
      'has a description that does not begin with "Triggers when "',
      type === 'triggers' && !description.startsWith('Triggers when '),
    ],
    ['D022', 'has no static field', type === 'creates' && !hasStaticFields],
    [
      'Verb',
      'has a label without a verb before its noun',
      type !== 'triggers' && !withoutVerb.includes(place) && !hasVerbBefore(noun, label),
    ],
    ...checkText(description),
    ...outputFields.map(
      (field): Check => [
        'D024',
        `has a sample that does not fit its field ${field.key}`,
        !hasType(valueAt(sample, field.key), field),
      ],
    ),
    ...Object.entries(sample ?? {}).map(
      ([key, value]): Check => [
        'D023',
        `has a sample whose ${key} is no date of ISO 8601`,
        key.endsWith('_at') && !isoDate.test(String(value)),
      ],
    ),
  ];
}

function checkConnection(integration: Integration): Check[] {
  const { connectionLabel, test } = Object(integration.authentication);
  const secrets = connectionFields(integration).filter(({ type }) => type === 'password');
  return [
    [
      'D002',
      'does not link to where the token is found',
      !secrets.every(({ helpText }) => helpText?.includes('](https://')),
    ],
    ['D003', 'has no label', !connectionLabel],
    ['Test', 'has no test', !test],
  ];
}

/** What a reviewer would send the integration back for, as lines that name the rule and the place. */
export function review(integration: Integration): string[] {
  const places: [place: string, checks: Check[]][] = [['authentication', checkConnection(integration)]];
  for (const field of connectionFields(integration)) {
    places.push([`authentication.${field.key}`, checkField(field, integration)]);
  }
  for (const operation of operationsOf(integration)) {
    places.push([operation.place, checkOperation(operation)]);
    for (const field of operation.inputFields) {
      places.push([`${operation.place}.${field.key}`, checkField(field, integration)]);
    }
  }
  for (const { key, search, create, display } of Object.values(Object(integration).searchOrCreates ?? {}).map(
    Object,
  )) {
    const exists = search in integration.searches && create in integration.creates;
    places.push([
      `searchOrCreates.${key}`,
      [
        ['D015', 'joins a search and an action that do not both exist', !exists],
        ['D018', 'has a label that is not in title case', !isTitleCase(display.label)],
        ...checkText(display.description),
      ],
    ]);
  }
  return places.flatMap(([place, checks]) =>
    checks.filter(([, , isWrong]) => isWrong).map(([rule, problem]) => `${rule}: ${place} ${problem}`),
  );
}
