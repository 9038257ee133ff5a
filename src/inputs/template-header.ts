import { defineInputField, type PlainInputField } from 'zapier-platform-core';
import { charactersPerHeader } from '../api/limits.ts';
import { badInput } from '../failures/failure.ts';
import { fileField, fileNameOf, parseUrlOrFile, withCode } from './links.ts';
import {
  type Component,
  fillIn,
  parseVariables,
  requireFilledLength,
  unconfirmedNote,
  valuesNote,
} from './template-component.ts';
import { type Inputs, parseRequiredText, parseText, quoted } from './values.ts';

/** A header type: its label, its inputs, and its translation for the API. */
interface HeaderType {
  label: string;
  fields: PlainInputField[];
  /** `ifEmpty` replaces empty values. */
  parse: (inputs: Inputs, ifEmpty: string) => Component;
}

const textHeader: HeaderType = {
  label: 'Text',
  fields: [
    {
      key: 'template_header_text',
      label: 'Template Header Text',
      required: true,
      helpText: 'Copy the approved header exactly, including its variable, written as `{1}`, if it has one.',
    },
    {
      key: 'template_header_parameters',
      label: 'Template Header Variables',
      list: true,
      helpText: `The value for \`{1}\` in the header. Leave empty if the header has no variable. ${valuesNote}`,
    },
  ],
  parse: (inputs, ifEmpty) => {
    const textField = 'Template Header Text';
    const typed = parseRequiredText(
      textField,
      inputs.template_header_text,
      'Copy the header of the approved template, or leave Template Header Type empty.',
    );
    const fields = { textField, valuesField: 'Template Header Variables', ifEmpty };
    const filled = fillIn(fields, parseVariables(textField, typed), inputs.template_header_parameters);
    requireFilledLength(textField, filled, charactersPerHeader);
    return { type: 'header', format: 'text', ...filled };
  },
};

/** A picture, video or document, which the platform downloads from its link. */
function mediaHeader(type: 'image' | 'video' | 'document', label: string, example: string): HeaderType {
  const instead = `Enter a public link that opens the ${type} directly, like "https://example.com/${example}".`;
  return {
    label,
    fields: [
      { key: 'template_header_url', label: 'Template Header URL', helpText: withCode(instead) },
      fileField('template_header_file', 'Template Header File', 'Template Header URL'),
      {
        key: 'template_header_filename',
        label: 'Template Header File Name',
        helpText: `The file name that the contact sees, like \`${example}\`. Leave empty to use the name in the link.`,
      },
    ],
    parse: (inputs) => {
      const { template_header_url: url, template_header_file: file } = inputs;
      const link = parseUrlOrFile('Template Header URL', url, 'Template Header File', file, instead);
      const typed = parseText('Template Header File Name', inputs.template_header_filename);
      const filename = typed.trim() === '' ? fileNameOf(link) || type : typed;
      const parameters = [{ type, [type]: { link, filename, caption: '' } }];
      return { type: 'header', format: type, parameters };
    },
  };
}

/** The header types by their names in the API. */
const headerTypes = new Map([
  ['text', textHeader],
  ['image', mediaHeader('image', 'Image', 'photo.jpg')],
  ['video', mediaHeader('video', 'Video', 'clip.mp4')],
  ['document', mediaHeader('document', 'Document', 'invoice.pdf')],
]);

export const headerTypeField = defineInputField({
  key: 'template_header_type',
  label: 'Template Header Type',
  choices: Object.fromEntries([...headerTypes].map(([type, { label }]) => [type, label])),
  altersDynamicFields: true,
  helpText: `What the approved template shows above its text. Leave empty if there is nothing. ${unconfirmedNote}`,
  group: 'header',
});

export function headerFields({ template_header_type }: Inputs): PlainInputField[] {
  const type = headerTypes.get(parseText('Template Header Type', template_header_type));
  return (type?.fields ?? []).map((field) => ({ ...field, group: 'header' }));
}

/** Returns the header, if a type is chosen. Inputs of other types may hold old values, so they are ignored. */
export function parseHeader(inputs: Inputs, ifEmpty: string): Component[] {
  const name = parseText('Template Header Type', inputs.template_header_type);
  const type = headerTypes.get(name);
  if (!type && name !== '') {
    throw badInput(
      `The Template Header Type field must be one of: ${quoted([...headerTypes.values()].map(({ label }) => label))}. Choose it from the list, or leave it empty if the template has no header.`,
    );
  }
  return type ? [type.parse(inputs, ifEmpty)] : [];
}
