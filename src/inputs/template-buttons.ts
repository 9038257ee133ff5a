import type { PlainInputField } from 'zapier-platform-core';
import { buttonsPerTemplate } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import { type Component, inferredNote, parseParameters } from './template-component.ts';
import {
  type Input,
  type Inputs,
  isEmpty,
  parseLink,
  parseRequiredText,
  parseRows,
  parseText,
} from './values.ts';

/** The buttons of a template, as line items. Zapier shows no help text at the group itself. */
export const buttonsField: PlainInputField = {
  key: 'template_buttons',
  label: 'Template Buttons',
  children: [
    {
      key: 'text',
      label: 'Button Text',
      helpText: `Copy the text of the approved button exactly. Leave empty if the template has no buttons. ${inferredNote('Buttons')}`,
    },
    {
      key: 'url',
      label: 'Button URL',
      helpText:
        'The approved address that the button opens, like `https://example.com/{{1}}`. Leave empty for a quick reply.',
    },
    {
      key: 'value',
      label: 'Button Value',
      helpText: 'The value for `{{1}}` in the address. Leave empty if the address has no variable.',
    },
  ],
};

/** One button: with a URL it opens a page, without one it is a quick reply. */
function parseButton({ text: label, url, value }: Inputs, number: number): Component {
  const text = parseRequiredText(`Button ${number} Text`, label, 'Copy the text of the approved button.');
  const textField = `Button ${number} URL`;
  const fields = { textField, valuesField: `Button ${number} Value` };
  if (parseText(textField, url).trim() === '') {
    return { type: 'quick_reply', text, ...parseParameters(fields, '', value) };
  }
  const link = parseLink(
    textField,
    url,
    'Copy it from the approved button, like `https://example.com/{{1}}`.',
  );
  return { type: 'url', text, url: link, ...parseParameters(fields, link, value) };
}

/** The buttons; nothing where there are none. */
export function parseButtons(input: Input): Component[] {
  const rows = parseRows('Template Buttons', input, 'Fill in Button Text for each button of the template.');
  const buttons = rows.flatMap((row, index) =>
    Object.values(row).every(isEmpty) ? [] : [parseButton(row, index + 1)],
  );
  if (buttons.length > buttonsPerTemplate) {
    throw badInput(
      `The Template Buttons field has ${buttons.length} buttons. Fill in at most ${buttonsPerTemplate}.`,
    );
  }
  return buttons.length > 0 ? [{ type: 'buttons', buttons }] : [];
}
