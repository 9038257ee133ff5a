import { parseArgs } from 'node:util';
import { examine } from './examine.ts';
import { table } from './finding.ts';
import { announcement } from './writing.ts';

const usage = `Usage: npm run doctor -- --field FIELD_ID --value VALUE [--write]
  --field, --value   a field and a value that some contacts have in it, best a yes/no field and TRUE
  --write            also creates, changes and tags one contact
The connection comes from .env, as for zapier-platform invoke:
  authData_host=app.bony.chat
  authData_channel_token=…`;

/** The connection's fields from the environment and from `.env`. */
function readAuthData(): Record<string, string> {
  try {
    process.loadEnvFile();
  } catch {
    // Without the file everything may stand in the environment itself.
  }
  const prefix = 'authData_';
  const known = Object.entries(process.env).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(known.map(([name, value = '']) => [name.slice(prefix.length), value]));
}

try {
  const { values } = parseArgs({
    options: {
      field: { type: 'string' },
      value: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  const authData = readAuthData();
  const { field, value } = values;
  if (!authData.channel_token) throw new Error(`There is no token.\n\n${usage}`);
  if (!field || !value)
    console.log(`Without --field and --value nothing about results can be told.\n\n${usage}\n`);
  if (values.write) console.log(`${announcement}\n`);
  const writeAs = values.write ? String(Date.now()) : undefined;
  const findings = await examine({ authData, field, value, writeAs });
  console.log(table(findings));
  const bad = findings.filter(({ verdict }) => verdict === 'bad').length;
  console.log(bad === 0 ? '\nNothing here would break Zaps.' : `\n✗ ${bad} of these would break Zaps.`);
  process.exitCode = bad === 0 ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
