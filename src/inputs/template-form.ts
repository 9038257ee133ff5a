import type { PlainInputField } from 'zapier-platform-core';
import type { Message } from '../models/message.ts';
import { buttonsField, parseButtons } from './template-buttons.ts';
import { parseParameters } from './template-component.ts';
import { headerFields, parseHeader } from './template-header.ts';
import { languageChoices } from './template-languages.ts';
import { type Inputs, parseRequiredText } from './values.ts';

const nameField: PlainInputField = {
  key: 'template_name',
  label: 'Template Name',
  required: true,
  helpText: 'The name of the approved template, like `order_update`.',
};

/** Made when the form is shown: the names of the languages would take time at every start. */
function languageField(): PlainInputField {
  return {
    key: 'template_language',
    label: 'Template Language',
    required: true,
    choices: languageChoices(),
    helpText:
      'The language of the approved template. If it is not in the list, enter its code, like `en` or `es_MX`.',
  };
}

const textField: PlainInputField = {
  key: 'template_text',
  label: 'Template Text',
  type: 'text',
  required: true,
  helpText: 'Copy the approved text exactly, including its variables, like `{{1}}` and `{{2}}`.',
};

const parametersField: PlainInputField = {
  key: 'template_parameters',
  label: 'Template Parameters',
  list: true,
  helpText:
    'The values for `{{1}}`, `{{2}}` and so on, in order, each in its own box. Leave empty if the text has no variables.',
};

/** The fields that the form shows for a template: those of a header where its type is chosen. */
export function templateFields(inputs: Inputs): PlainInputField[] {
  return [nameField, languageField(), textField, parametersField, ...headerFields(inputs), buttonsField];
}

/**
 * The template that the user filled in. Its components stand in the order header, body, buttons. The body's shape is
 * documented by other brands; those of header and buttons are inferred from the platform's newer API.
 */
export function parseTemplate(inputs: Inputs): Message {
  const name = parseRequiredText(
    'Template Name',
    inputs.template_name,
    'Copy the name of the approved template.',
  );
  const languageCode = parseRequiredText(
    'Template Language',
    inputs.template_language,
    'Choose the language of the approved template, or enter its code, like en.',
  );
  const text = parseRequiredText(
    'Template Text',
    inputs.template_text,
    'Copy the text of the approved template.',
  );
  const fields = { textField: 'Template Text', valuesField: 'Template Parameters' };
  const body = { type: 'body', text, ...parseParameters(fields, text, inputs.template_parameters) };
  const components = [...parseHeader(inputs), body, ...parseButtons(inputs.template_buttons)];
  return {
    type: 'whatsapp_template',
    template: { name: name.trim(), languageCode: languageCode.trim(), components },
  };
}
