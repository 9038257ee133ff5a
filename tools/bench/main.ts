import '../zapier/quiet.ts';
import * as schema from 'zod';
import { readFlags } from '../scripts/flags.ts';
import { clearProgress } from '../scripts/progress.ts';
import { newContactLoadTable, newContactTable } from './new-contact.ts';
import { demoTable, memoryTable, speedTable, startTable, weightTable } from './platform-tables.ts';
import { phoneTable, requestsTable } from './requests.ts';
import { type Row, table } from './table.ts';
import { updatedContactTable } from './updated-contact.ts';

/** The tables by name: what takes seconds comes first. */
const tables: Record<string, () => Promise<Row[]>> = {
  requests: requestsTable,
  phone: phoneTable,
  'updated-contact': updatedContactTable,
  weight: weightTable,
  start: startTable,
  speed: speedTable,
  memory: memoryTable,
  'new-contact': newContactTable,
  'new-contact-load': newContactLoadTable,
  demo: demoTable,
};

const { json, table: chosen } = readFlags({
  command: 'npm run bench',
  does: 'Measures start, weight, speed, memory and requests beside the least that the platform takes. A name runs one table.',
  flags: schema.object({
    table: schema
      .array(schema.enum(Object.keys(tables)))
      .default([])
      .meta({ value: 'NAME', description: 'only this table, also without the flag' }),
    json: schema.boolean().default(false).meta({ description: 'prints JSON instead of tables' }),
  }),
  names: 'table',
  example: 'requests phone',
});

const measured: Record<string, Row[]> = {};
for (const name of chosen.length > 0 ? chosen : Object.keys(tables)) {
  process.stderr.write(`Measuring ${name} …\n`);
  const rows = (await tables[name]?.()) ?? [];
  measured[name] = rows;
  clearProgress();
  if (!json) console.log(`${table(rows)}\n`);
}
if (json) console.log(JSON.stringify(measured, null, 2));
