import { type Bundle, defineInputFields, type ZObject } from 'zapier-platform-core';
import { charactersPerBody } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import type { Message } from '../models/message.ts';
import { languageChoices, parseLanguage } from './languages.ts';
import { buttonsField, parseButtons } from './template-buttons.ts';
import {
  fillIn,
  parseVariables,
  parseVariableValue,
  requireFilledLength,
  valuesNote,
} from './template-component.ts';
import { headerFields, headerTypeField, parseHeader } from './template-header.ts';
import { type Input, type Inputs, parseRequiredText, trimmed } from './values.ts';

export const templateGroups = [
  { key: 'template', label: 'Template' },
  { key: 'header', label: 'Header' },
  { key: 'buttons', label: 'Buttons' },
];

/** The form of a template. Only the fields of a header depend on a choice, so that whoever fills it in sees the others at once. */
export const templateFields = defineInputFields([
  {
    key: 'template_name',
    label: 'Template Name',
    required: true,
    helpText: 'The name of the approved template, like `order_update`.',
    group: 'template',
  },
  {
    key: 'template_language',
    label: 'Template Language',
    required: true,
    choices: languageChoices,
    helpText:
      'The language of the approved template. If it is not in the list, enter its code, like `eu` for Basque.',
    group: 'template',
  },
  {
    key: 'template_text',
    label: 'Template Text',
    type: 'text',
    required: true,
    helpText: 'Copy the approved text exactly. Write its variables as `{1}`, `{2}` and so on.',
    group: 'template',
  },
  {
    key: 'template_parameters',
    label: 'Template Variables',
    list: true,
    helpText: `The values for \`{1}\`, \`{2}\` and so on, in order, each in its own box. Leave empty if the text has no variables. ${valuesNote}`,
    group: 'template',
  },
  {
    key: 'template_value_if_empty',
    label: 'Value If Empty',
    helpText:
      'Sent for each variable whose value is empty, also in header and buttons, like `customer`. If you leave it empty too, the run stops.',
    group: 'template',
  },
  headerTypeField,
  (_z: ZObject, bundle: Bundle) => headerFields(bundle.inputData ?? {}),
  buttonsField,
]);

function parseName(input: Input): string {
  const name = trimmed(parseRequiredText('Template Name', input, 'Copy the name of the approved template.'));
  if (!/^[a-z\d_]+$/.test(name)) {
    throw badInput(
      `The Template Name field contains "${name.slice(0, 100)}", but the name of a template has only small letters, digits and _. Copy it from your platform.`,
    );
  }
  return name;
}

/** Other brands document the body. The header and the buttons are inferred from the platform's newer API. */
export function parseTemplate(inputs: Inputs): Message {
  const name = parseName(inputs.template_name);
  const languageCode = parseLanguage(inputs.template_language);
  const label = 'Template Text';
  const typed = parseRequiredText(label, inputs.template_text, 'Copy the text of the approved template.');
  const ifEmpty = parseVariableValue('Value If Empty', inputs.template_value_if_empty);
  const fields = { textField: label, valuesField: 'Template Variables', ifEmpty };
  const body = fillIn(fields, parseVariables(label, typed), inputs.template_parameters);
  const header = parseHeader(inputs, ifEmpty);
  const buttons = parseButtons(inputs.template_buttons, ifEmpty);
  if (header.length + buttons.length > 0) {
    requireFilledLength(label, body, charactersPerBody);
  }
  const components = [...header, { type: 'body', ...body }, ...buttons];
  return { type: 'whatsapp_template', template: { name, languageCode, components } };
}
