import { html } from 'hono/html';
import type { Step } from '../definition.ts';
import { type Field, labelOf } from '../fields.ts';
import { columnsOf, type Draft, otherValue, rowCount, rowsOf } from '../form.ts';
import { failureOf, type Report } from '../run-queue.ts';
import { count, type Html } from './html.ts';
import { markdown } from './markdown.ts';

/** A field, and the form that it belongs to. */
interface FormField {
  /** The URL of the form's step, such as `/steps/creates.add_tags`. */
  url: string;
  field: Field;
  /** The form's fields, because this one's help names those that it depends on. */
  fields: Field[];
}

const idOf = ({ key }: Field, row = 0) => `field-${key}${row > 0 ? `-${row}` : ''}`;
const helpOf = (field: Field) => `${idOf(field)}-help`;
const choicesOf = (field: Field) => `${idOf(field)}-choices`;

/** The field and row that get the focus when the form is drawn. Without rows, it is row 0. */
export interface Focus {
  key: string;
  row: number;
}

/** Attributes that redraw the form's fields with their current values. */
const redraw = (url: string, change = '') =>
  html`hx-post="${url}/fields${change}" hx-target="#fields" hx-swap="innerHTML"`;

/** True for a Contact ID. Its dropdown is empty and only makes Zapier offer a search step, so the console suggests contacts. */
function asksChannel({ key, choices }: Field): boolean {
  return choices === 'fetched' && key !== 'contact_id';
}

function suggestionsOf(field: Field): string {
  if (field.key === 'contact_id') return 'contact-ids';
  return asksChannel(field) || Array.isArray(field.choices) ? choicesOf(field) : '';
}

type Choice = { value: string; label: string };

function choiceList(field: Field, choices: Choice[]): Html {
  return html`<datalist id="${choicesOf(field)}">
      ${choices.map(({ value, label }) => html`<option value="${value}">${label}</option>`)}
    </datalist>`;
}

const connectionUrl = '/steps/connection';

const yesNo = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

/** Draws a dropdown. Zapier lets users type another value into a step's dropdown; here an additional choice allows that. */
function dropdown(
  { url, field }: FormField,
  row: number,
  attributes: Html,
  options: Choice[],
  value: string,
): Html {
  const isOpen = field.type !== 'boolean' && !field.altersDynamicFields && url !== connectionUrl;
  const isRedrawn = isOpen || field.altersDynamicFields;
  const changes = isRedrawn && redraw(url, `?focus=${encodeURIComponent(field.key)}&row=${row}`);
  return html`<select ${attributes} ${changes}>
    <option value="">Choose…</option>
    ${options.map(
      (option) =>
        html`<option value="${option.value}" ${option.value === value && 'selected'}>${option.label}</option>`,
    )}
    ${isOpen && html`<option value="${otherValue}">Another value…</option>`}
  </select>`;
}

function control(formField: FormField, value: string, row: number, isFocused: boolean): Html {
  const { field } = formField;
  const { key, type, choices, placeholder, helpText } = field;
  const attributes = html`id="${idOf(field, row)}" name="${key}" ${isFocused && 'autofocus'}
    ${field.required && row === 0 && 'required'} ${helpText && html`aria-describedby="${helpOf(field)}"`}
    ${field.list && html`aria-label="${labelOf(field)} ${row + 1}"`}`;
  const options = type === 'boolean' ? yesNo : choices;
  if (Array.isArray(options) && ['', ...options.map((option) => option.value)].includes(value)) {
    return dropdown(formField, row, attributes, options, value);
  }
  if (type === 'text') {
    return html`<textarea rows="4" dir="auto" ${attributes} placeholder="${placeholder}">
${value}</textarea>`;
  }
  const suggestions = suggestionsOf(field);
  return html`<input type="${type === 'password' ? 'password' : 'text'}" dir="auto" autocomplete="off"
    ${attributes} value="${value === otherValue ? '' : value}" placeholder="${placeholder}"
    ${suggestions && html`list="${suggestions}"`}>
    ${Array.isArray(choices) && choiceList(field, choices)}`;
}

/** Draws one row of a dictionary or of line items. */
function columnInputs({ field }: FormField, values: string[], row: number, isFocused: boolean): Html {
  return html`${columnsOf(field).map(
    ({ key, label }, column) =>
      html`<input ${column === 0 && html`id="${idOf(field, row)}" ${isFocused && 'autofocus'}`} type="text" dir="auto"
        autocomplete="off" name="${field.key}.${key}" value="${values[column] ?? ''}" placeholder="${label}"
        aria-label="${labelOf(field)}: ${label.toLowerCase()} ${row + 1}">`,
  )}`;
}

function columnHelp(field: Field): Html[] {
  return columnsOf(field)
    .filter(({ helpText }) => helpText)
    .map(({ label, helpText }) => html`<div class="help">${markdown(`**${label}:** ${helpText}`)}</div>`);
}

/** Draws the rows of a list, a dictionary or line items: at least one. */
function rows(formField: FormField, draft: Draft, focusedRow: number | undefined): Html {
  const { field, url } = formField;
  const key = encodeURIComponent(field.key);
  const typed = draft.getAll(field.key);
  const filled = rowsOf(field, draft);
  const count = rowCount(field, draft);
  const isGrouped = columnsOf(field).length > 0;
  const row = (_: unknown, number: number) => {
    const isFocused = number === focusedRow;
    const controls = isGrouped
      ? columnInputs(formField, filled[number] ?? [], number, isFocused)
      : control(formField, typed[number] ?? '', number, isFocused);
    const remove = html`<button type="button" class="quiet icon" aria-label="Remove ${labelOf(field)} ${number + 1}"
      ${redraw(url, `?drop=${key}&row=${number}`)}>×</button>`;
    return html`<div class="row ${field.children.length > 0 && 'items'}">${controls}${count > 1 && remove}</div>`;
  };
  return html`${Array.from({ length: count }, row)}
    <button type="button" class="quiet" id="${idOf(field)}-add" ${redraw(url, `?add=${key}`)}>+ Add another</button>`;
}

function dependedOn({ dependsOn }: Field, fields: Field[]): Field[] {
  return fields.filter(({ key }) => dependsOn.includes(key));
}

/** Draws a hint instead of choices, while a field that they depend on is empty. */
export function missingChoices(field: Field, missing: Field[]): Html {
  return html`<p class="note">Fill in ${missing.map(labelOf).join(' and ')} to see its ${labelOf(field).toLowerCase()}.</p>`;
}

/** Draws a dropdown that fetches its choices: now, and again when a field that it depends on changes. */
function fetching({ url, field, fields }: FormField): Html {
  const depended = dependedOn(field, fields);
  const triggers = ['load', ...depended.map((other) => `change from:#${idOf(other)}`)].join(', ');
  return html`<div class="fetched" hx-post="${url}/choices/${field.key}" hx-trigger="${triggers}" hx-swap="innerHTML"></div>`;
}

function fieldView(formField: FormField, draft: Draft, focus: Focus | undefined): Html {
  const { field } = formField;
  const focusedRow = focus?.key === field.key ? focus.row : undefined;
  const title = html`${labelOf(field)} ${field.required && html`<span class="required">required</span>`}`;
  const help =
    field.helpText && html`<div class="help" id="${helpOf(field)}">${markdown(field.helpText)}</div>`;
  const fetched = asksChannel(field) && fetching(formField);
  if (field.list || columnsOf(field).length > 0) {
    return html`<fieldset class="field"><legend>${title}</legend>${rows(formField, draft, focusedRow)}${fetched}${help}${columnHelp(field)}</fieldset>`;
  }
  return html`<div class="field"><label for="${idOf(field)}">${title}</label>
    ${control(formField, draft.get(field.key) ?? field.default, 0, focusedRow === 0)}${fetched}${help}</div>`;
}

/** Draws a form's fields, in their groups. */
export function fieldList(
  { place, groups }: Pick<Step, 'place' | 'groups'>,
  fields: Field[],
  draft: Draft,
  focus?: Focus,
): Html {
  const url = `/steps/${place}`;
  return html`${fields.map((field, index) => {
    const title = field.group !== fields[index - 1]?.group && groups.get(field.group ?? '');
    return html`${title && html`<h2 class="group">${title}</h2>`}${fieldView({ url, field, fields }, draft, focus)}`;
  })}`;
}

/** Draws the choices that a dropdown fetched, or the reason why it has none. */
export function fetchedChoices(field: Field, fields: Field[], choices: Choice[], report: Report): Html {
  const depended = dependedOn(field, fields).map(labelOf);
  const none = `No choices to offer${depended.length > 0 ? ` for this ${depended.join(' and ')}` : ''}.`;
  const found = choices.length > 0 ? `${count(choices.length, 'choice')} to offer, or type another.` : none;
  const failure = failureOf(report);
  return html`${choiceList(field, choices)}
    <p class="note ${failure && 'bad'}">${failure?.sentence ?? `${found} Fetched with ${count(report.requests.length, 'request')}.`}</p>`;
}
