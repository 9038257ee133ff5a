import { parseArgs } from 'node:util';
import leven from 'leven';
import * as schema from 'zod';
import { wrap } from './wrap.ts';

/** A script as its user knows it. */
export interface Command<Shape extends schema.ZodRawShape> {
  /** How it is started: `npm start`. */
  command: string;
  /** What it does, in whole sentences. */
  does: string;
  /**
   * A flag for each key: a boolean takes no value, an array can be given several times. `.meta()`, the last call on
   * each, holds the `description`, and in `value` how the help writes the value.
   */
  flags: schema.ZodObject<Shape>;
  /** The flag, an array, that what is written without a flag belongs to. */
  names?: string;
  /** Flags that show the use. */
  example?: string;
}

/** What JSON Schema says of a flag. */
const flagSchema = schema.object({
  type: schema.string().default('string'),
  description: schema.string().default(''),
  value: schema.string().optional(),
  enum: schema.array(schema.string()).optional(),
  items: schema.object({ enum: schema.array(schema.string()).optional() }).optional(),
  minimum: schema.number().optional(),
  maximum: schema.number().optional(),
  default: schema.unknown().optional(),
});
type Flag = schema.infer<typeof flagSchema>;

/** A wrong flag. The message is one line that says what to type instead. */
class WrongFlag extends Error {}

/** The flags of a command by name, `help` among them. */
function flagsOf(flags: schema.ZodObject): Map<string, Flag> {
  const { properties } = schema.toJSONSchema(flags, { io: 'input' });
  const known = schema.record(schema.string(), flagSchema).parse(properties);
  return new Map(
    Object.entries({ ...known, help: flagSchema.parse({ type: 'boolean', description: 'shows this' }) }),
  );
}

/** What a flag takes, in words: `a whole number from 0 to 65535`. */
function allowed({
  type,
  items,
  enum: choices = items?.enum,
  minimum,
  maximum,
  value = 'any text',
}: Flag): string {
  if (choices) return choices.join(', ');
  if (type === 'integer') return `a whole number from ${minimum} to ${maximum}`;
  return value;
}

function nearest(name: string, known: Iterable<string>): string {
  return [...known].sort((a, b) => leven(name, a) - leven(name, b))[0] ?? '';
}

/** Throws WrongFlag where there is no such flag, or where it has a value too many or too few. */
function checkFlag(
  rawName: string,
  name: string,
  value: string | undefined,
  flags: ReadonlyMap<string, Flag>,
) {
  const flag = flags.get(name);
  if (!flag)
    throw new WrongFlag(`There is no flag ${rawName}; the nearest is --${nearest(name, flags.keys())}.`);
  if (flag.type === 'boolean' && value !== undefined) throw new WrongFlag(`--${name} takes no value.`);
  if (flag.type !== 'boolean' && !value) throw new WrongFlag(`--${name} needs a value: ${allowed(flag)}.`);
}

/** Reads the arguments into texts, booleans and lists; `names` is the flag of those without one. Throws WrongFlag. */
function readArguments(
  args: string[],
  flags: ReadonlyMap<string, Flag>,
  names?: string,
): Record<string, unknown> {
  const options = Object.fromEntries(
    [...flags].map(([name, { type }]) => [
      name,
      { type: type === 'boolean' ? ('boolean' as const) : ('string' as const), multiple: type === 'array' },
    ]),
  );
  // Strict, parseArgs would throw messages of its own, which name no nearest flag.
  const { values, positionals, tokens } = parseArgs({ args, options, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind === 'option') checkFlag(token.rawName, token.name, token.value, flags);
  }
  if (positionals.length === 0) return values;
  if (names === undefined) throw new WrongFlag(`"${positionals[0]}" is no flag.`);
  return { ...values, [names]: [values[names] ?? [], positionals].flat() };
}

function usage<Shape extends schema.ZodRawShape>(
  { command, does, example }: Command<Shape>,
  flags: ReadonlyMap<string, Flag>,
): string {
  const lines = [...flags].map(([name, flag]) => {
    const { type, description, value = type === 'integer' ? 'N' : name.toUpperCase() } = flag;
    const given = typeof flag.default === 'string' || typeof flag.default === 'number';
    const choices = flag.enum || flag.items?.enum ? `: ${allowed(flag)}` : '';
    const text = `${description}${choices}${given ? ` (${flag.default})` : ''}`;
    return [`  --${name}${type === 'boolean' ? '' : ` ${value}`}`, text] as const;
  });
  const width = Math.max(...lines.map(([name]) => name.length)) + 2;
  const described = lines.flatMap(([name, text]) =>
    wrap(text, 80 - width).map((line, n) => (n === 0 ? name : '').padEnd(width) + line),
  );
  const examples = example === undefined ? [] : ['', 'Example:', `  ${command} -- ${example}`];
  return [`${command} -- [flags]`, ...wrap(does, 80), '', 'Flags:', ...described, ...examples].join('\n');
}

/**
 * The flags that a script was started with. Where they are wrong, says so in one line and exits with 2; `--help`
 * shows what the script does and its flags, and exits with 0.
 */
export function readFlags<Shape extends schema.ZodRawShape>(
  command: Command<Shape>,
): schema.infer<schema.ZodObject<Shape>> {
  // What reads the output may end first, as `| head` does.
  process.stdout.once('error', () => process.exit());
  const flags = flagsOf(command.flags);
  try {
    const { help, ...values } = readArguments(process.argv.slice(2), flags, command.names);
    if (help === true) {
      console.log(usage(command, flags));
      process.exit(0);
    }
    const { data, error } = command.flags.safeParse(values);
    if (data) return data;
    const name = String(error?.issues[0]?.path[0]);
    throw new WrongFlag(
      `--${name} ${values[name]}: allowed is ${allowed(flags.get(name) ?? flagSchema.parse({}))}.`,
    );
  } catch (error) {
    if (!(error instanceof WrongFlag)) throw error;
    console.error(`${error.message} All flags: ${command.command} -- --help`);
    process.exit(2);
  }
}
