import { Option } from '@commander-js/extra-typings';
import { openConnection } from '../../src/connection/connection.ts';
import { parseTemplate } from '../../src/inputs/template-form.ts';
import { script } from '../scripts/flags.ts';
import { wrap } from '../scripts/wrap.ts';
import { isSandbox } from './client.ts';
import { examine } from './examine.ts';
import { isFine, report } from './report.ts';
import type { TemplateToSend } from './template-check.ts';
import { announcement } from './write-checks.ts';

const flags = script(
  'npm run doctor',
  'Examines how a real channel behaves in cases that its documents leave open, with the connection from .env ' +
    '(authData_host, authData_channel_token). Writes and sends nothing unless it is told to. ' +
    'Exits with 1 if something would break Zaps, or if most questions could not be asked.',
)
  .option('--field <id>', 'a field, a yes/no field if there is one')
  .option('--value <value>', 'a value that some contacts have in that field, for example TRUE')
  .option('--write', 'also creates, changes and tags one contact')
  .option('--template <name>', 'also sends this approved WhatsApp template')
  .option('--contact <id>', 'the one contact that gets the template')
  .option('--language <code>', "the template's language", 'en')
  .option('--text <text>', "the template's approved text")
  .option('--parameter <texts...>', 'the values for {{1}}, {{2}} and so on')
  .addOption(
    new Option('--header-type <type>', 'what its header is')
      .choices(['text', 'image', 'video', 'document'])
      .default('image'),
  )
  .option('--header <text>', 'the URL, or the text, of its header, if it has one')
  .parse()
  .opts();

/** Reads the connection's fields from the environment and from `.env`. */
function readAuthData(): Record<string, string> {
  try {
    process.loadEnvFile();
  } catch {
    // The file is optional: the environment itself may have everything.
  }
  const prefix = 'authData_';
  const known = Object.entries(process.env).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(known.map(([name, value = '']) => [name.slice(prefix.length), value]));
}

/** Returns the template to send. Throws if a flag that it needs is missing or does not fit. */
function readTemplate(): TemplateToSend | undefined {
  const { template, contact, language, text, parameter, header, headerType } = flags;
  if (template === undefined) return undefined;
  if (!contact || !text) throw new Error('--template also needs --contact and --text.');
  const message = parseTemplate({
    template_name: template,
    template_language: language,
    template_text: text,
    template_parameters: parameter,
    ...(header !== undefined && {
      template_header_type: headerType,
      template_header_text: header,
      template_header_url: header,
    }),
  });
  return { contactId: contact, message, hasHeader: header !== undefined };
}

function print(text: string): void {
  console.log(`${wrap(text, 80).join('\n')}\n`);
}

async function run(): Promise<void> {
  const authData = readAuthData();
  const { field, value, write } = flags;
  if ((field === undefined) !== (value === undefined)) throw new Error('--field and --value go together.');
  if (!authData.channel_token) {
    throw new Error(
      'There is no token. Put authData_host and authData_channel_token into .env, in this folder.',
    );
  }
  const template = readTemplate();
  const connection = openConnection(authData);
  print(
    isSandbox(connection)
      ? `Examining ${connection.baseUrl}, a sandbox on this machine and no real platform, because CHANNEL_API_BASE_URL is set.`
      : `Examining ${connection.baseUrl}, a real platform.`,
  );
  if (write) print(announcement);
  if (template)
    print(`--template: sends the template "${flags.template}" to contact ${template.contactId}, once.`);
  const diagnosis = await examine({
    authData,
    search: field === undefined || value === undefined ? undefined : { name: field, value },
    writeAs: write ? String(Date.now()) : undefined,
    template,
  });
  console.log(report(diagnosis));
  process.exitCode = isFine(diagnosis) ? 0 : 1;
}

try {
  await run();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
