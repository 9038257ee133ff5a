import { defineInputField } from 'zapier-platform-core';
import { buttonsPerTemplate } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import { parseLink } from './links.ts';
import { type Component, fillIn, parseVariables, unconfirmedNote } from './template-component.ts';
import { type Input, type Inputs, isEmpty, parseRequiredText, parseRows, parseText } from './values.ts';

/** The buttons as line items. Zapier shows no help text for the group itself. */
export const buttonsField = defineInputField({
  key: 'template_buttons',
  label: 'Template Buttons',
  children: [
    {
      key: 'text',
      label: 'Button Text',
      helpText: `Copy the text of the approved button exactly. Leave empty if the template has no buttons. ${unconfirmedNote}`,
    },
    {
      key: 'url',
      label: 'Button URL',
      helpText:
        'The approved address that the button opens, like `https://example.com/{1}`. Leave empty for a quick reply.',
    },
    {
      key: 'value',
      label: 'Button Value',
      helpText: 'The value for `{1}` in the address. Leave empty if the address has no variable.',
    },
  ],
  group: 'buttons',
});

/** A button with a URL opens a page, a button without one is a quick reply. */
function parseButton({ text: label, url, value }: Inputs, number: number, ifEmpty: string): Component {
  const text = parseRequiredText(`Button ${number} Text`, label, 'Copy the text of the approved button.');
  const textField = `Button ${number} URL`;
  const fields = { textField, valuesField: `Button ${number} Value`, ifEmpty };
  const typed = parseVariables(textField, parseText(textField, url));
  if (typed.trim() === '') {
    fillIn(fields, '', value);
    return { type: 'quick_reply', text };
  }
  const instead = 'Copy it from the approved button, like "https://example.com/{1}".';
  const { text: link, ...parameters } = fillIn(fields, parseLink(textField, typed, instead), value);
  return { type: 'url', text, url: link, ...parameters };
}

/** Returns the component of the buttons, if there are any. `ifEmpty` replaces empty values. */
export function parseButtons(input: Input, ifEmpty: string): Component[] {
  const rows = parseRows('Template Buttons', input, 'Fill in Button Text for each button of the template.');
  const buttons = rows.flatMap((row, index) =>
    Object.values(row).every(isEmpty) ? [] : [parseButton(row, index + 1, ifEmpty)],
  );
  if (buttons.length > buttonsPerTemplate) {
    throw badInput(
      `The Template Buttons field has ${buttons.length} buttons. Fill in at most ${buttonsPerTemplate}.`,
    );
  }
  return buttons.length > 0 ? [{ type: 'buttons', buttons }] : [];
}
