import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import App from '../../index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import * as limits from '../../src/api/limits.ts';
import { answerSeconds, cacheSeconds, longAnswerSeconds } from '../../src/api/time-limit.ts';
import { brands } from '../../src/connection/brands.ts';
import { markSeconds } from '../../src/failures/repeated.ts';
import { templateFields } from '../../src/inputs/template-form.ts';
import { headerFields } from '../../src/inputs/template-header.ts';
import { readProse, rowsOf } from '../../tools/zapier/markdown-tables.ts';
import { largestMemory } from '../support/zap-model.ts';
import { anchorsOf, rowsUnder } from './markdown.ts';
import { readSentences } from './sentences.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const readmes = ['README.md', 'README.es.md'];
const guides: [path: string, errors: string, connect: string, templates: string][] = [
  ['docs/guide.md', 'What an error message means', 'Connect a channel', 'WhatsApp templates'],
  ['docs/guia.md', 'Qué significa cada mensaje de error', 'Conecta un canal', 'Plantillas de WhatsApp'],
];
const pages = globSync('**/*.md', { exclude: (path) => /^(?:node_modules|coverage|build|dist)$/.test(path) });
const connectionFields = (App.authentication?.fields ?? []).map(({ key, label }) => ({ key, label }));

it.each(pages)('the links of %s lead somewhere', (page) => {
  const links = readProse(page).match(/(?<=\]\()(?!https?:|mailto:)[^)\s]+(?=\))/g) ?? [];
  const isBroken = (link: string) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), decodeURI(path));
    const isText = anchor === undefined || extname(target) !== '.md';
    return !existsSync(target) || !(isText || anchorsOf(target).includes(anchor));
  };
  expect(links.filter(isBroken)).toEqual([]);
});

it('every path that a page, a comment or the title of a test names exists', () => {
  const files = [...pages, ...globSync('{*.ts,{src,test,tools,triggers,searches,creates}/**/*.{ts,js}}')];
  const named = files.flatMap((file) => {
    const comments = () => read(file).match(/\/\*\*[\s\S]*?\*\/|\/\/ .*|\b(?:describe|it)\('.*/g) ?? [];
    const text = file.endsWith('.md') ? readProse(file) : comments().join('\n');
    const folders = /(?<![\w/.])(?:src|test|tools|docs|triggers|searches|creates|\.github)\/[\w./-]*\w/g;
    return [...text.matchAll(folders)].map(([path]) => ({ path, file }));
  });
  // CONTRIBUTING.md invents archive_contact as its example. The beginning of a path is enough, because Jest accepts that too.
  const isThere = (path: string) => path.includes('archive_contact') || globSync(`${path}*`).length > 0;
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter(({ path }) => !isThere(path))).toEqual([]);
});

describe.each(readmes)('%s', (readme) => {
  it('names every operation as the definition does, and no other', () => {
    const types = [App.triggers, App.searches, App.searchOrCreates, App.creates];
    const operations = types
      .flatMap((group) => Object.values(group ?? {}))
      .map(({ key, display }) => [display.label, `\`${key}\``]);
    const rows = rowsOf(readProse(readme)).filter((cells) => cells.length === 4 && cells[1]?.startsWith('`'));
    expect(rows.map(([label, key]) => [label, key])).toEqual(operations);
  });

  it('names the fields of a connection as the definition does', () => {
    const heading = readme === 'README.md' ? 'Connect a channel' : 'Conectar un canal';
    const fields = rowsUnder(readme, heading).slice(1);
    for (const [label, key] of fields) {
      expect(connectionFields).toContainEqual({ key: key?.replaceAll('`', ''), label });
    }
    const told = connectionFields.filter(({ key }) => fields.flat().join().includes(`\`${key}\``));
    expect(told).toEqual(connectionFields);
  });

  it('has the sections, the commands and the lines to copy of the other', () => {
    const shape = (page: string) => [
      read(page).match(/^## /gm)?.length,
      read(page).match(/^\| `npm .*?\|/gm),
      read(page).match(/^```sh$[\s\S]*?^```$/gm),
    ];
    expect(shape(readme)).toEqual(shape('README.md'));
  });
});

it('tools/README.md has a row for each folder of tools/', () => {
  const folders = globSync('tools/*/*').map((file) => file.split('/')[1]);
  const rows = [...read('tools/README.md').matchAll(/^\| \[([\w-]+)\]/gm)].map(([, folder]) => folder);
  expect(rows.sort()).toEqual([...new Set(folders)].sort());
});

it('commands exist where a page or a workflow names them, and are named where they exist', () => {
  const named = [...pages, ...globSync('.github/workflows/*.yml')].flatMap((page) =>
    [...read(page).matchAll(/npm (?:run ([\w:-]+)|(test|start)\b)/g)].map(([, run, short]) => run ?? short),
  );
  const scripts = Object.keys(packageJson.scripts).filter((script) => !script.startsWith('_'));
  expect(scripts).toEqual(expect.arrayContaining(named));
  expect(named).toEqual(expect.arrayContaining(scripts));
});

/** True if a guide's row covers this message. `…` matches any text, and one may be only the beginning of the other. */
function isAbout(written: string, sentence: string): boolean {
  const pattern = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.+');
  const begins = new RegExp(`^${pattern(written)}`).test(sentence);
  return begins || new RegExp(`^${pattern(sentence)}`).test(written);
}

describe.each(guides)('%s', (guide, errors, connect, templates) => {
  const messages = rowsUnder(guide, errors).flatMap(([cell = '']) => /^`(.+)`$/.exec(cell)?.[1] ?? []);
  const sentences = readSentences();

  it('explains every message of the sources once, and no other', () => {
    const isExplained = (sentence: string) => messages.some((written) => isAbout(written, sentence));
    const isGiven = (written: string) => sentences.some((sentence) => isAbout(written, sentence));
    expect(sentences.length).toBeGreaterThan(50);
    expect(sentences.filter((sentence) => !isExplained(sentence))).toEqual([]);
    expect(messages.filter((written) => !isGiven(written))).toEqual([]);
    expect(new Set(messages).size).toBe(messages.length);
  });

  it('tells how to fill in every field of a connection', () => {
    const labels = rowsUnder(guide, connect).map(([label = '']) => label.replaceAll('**', ''));
    expect(labels.slice(1)).toEqual(connectionFields.map(({ label }) => label));
  });

  it('tells how to fill in every field of a WhatsApp template', () => {
    const types = ['text', 'image', 'video', 'document'];
    const headers = types.flatMap((template_header_type) => headerFields({ template_header_type }));
    const fields = [...templateFields.filter((field) => typeof field !== 'function'), ...headers];
    const shown = fields.flatMap((field) => ('children' in field ? field.children : field));
    const labels = rowsUnder(guide, templates).flatMap(
      ([label = '']) => label.replace(/^(?:Field|Campo)$/, '') || [],
    );
    expect(labels.sort()).toEqual([...new Set(shown.map((field) => Object(field).label))].sort());
  });
});

/** Returns the numbers in the tables under a heading, in their order. */
function numbersUnder(page: string, heading: string): number[] {
  const text = rowsUnder(page, heading).flat().join(' ');
  return [...text.matchAll(/\d(?:[\d,.]*\d)?/g)].map(([number]) => Number(number.replace(',', '')));
}

describe('the numbers in the tables are those of the code', () => {
  const { contactsThrottle, messagesThrottle, fieldsPerRequest, tagsPerRequest, repliesPerMessage } = limits;
  const rates = [contactsThrottle.limit, messagesThrottle.limit];
  const waits = [answerSeconds, longAnswerSeconds];
  const hours = markSeconds / 3600;
  const inReadme = [...rates, 429, fieldsPerRequest, tagsPerRequest, repliesPerMessage, ...waits, hours];
  // The literals are limits of Zapier or of the API, or belong to a file that does not export them.
  const inGuide = [
    ...rates,
    ...[100, 60, 5000],
    ...[fieldsPerRequest, limits.fieldsPerRun, tagsPerRequest, limits.tagsPerRun, repliesPerMessage],
    ...[limits.charactersPerText, limits.charactersPerTitle],
    ...[10, 500, 10, limits.contactsPerSearch, 25],
    ...waits,
  ];
  const stored = [largestMemory.new_contact / 1000, largestMemory.updated_contact / 1000, hours];

  it.each<[page: string, heading: string, numbers: number[]]>([
    ['README.md', 'Limits', inReadme],
    ['README.es.md', 'Límites', inReadme],
    ['docs/guide.md', 'Limits', inGuide],
    ['docs/guia.md', 'Límites', inGuide],
    ['docs/deploying.md', 'One build for each brand', rates.slice(0, 1)],
    ['docs/publicar.md', 'Una compilación para cada marca', rates.slice(0, 1)],
    ['docs/deploying.md', 'What is stored', stored],
    ['docs/publicar.md', 'Qué se guarda', stored],
    ['docs/zapier.md', 'When a step fails', [hours, 500, hours, cacheSeconds]],
  ])('%s, %s', (page, heading, numbers) => {
    expect(numbersUnder(page, heading)).toEqual(numbers);
  });
});

it.each(['new_contact', 'updated_contact'] as const)('the page of %s says how much it remembers', (key) => {
  const words = `**The memory** takes at most ${largestMemory[key] / 1000} kB`;
  expect(read(`docs/${key.replace('_', '-')}.md`)).toContain(words);
});

describe.each(['docs/deploying.md', 'docs/publicar.md'])('%s', (page) => {
  it('names fields of the connection in the .env of the doctor', () => {
    const named = [...read(page).matchAll(/authData_(\w+)=/g)].map(([, key]) => key);
    expect(new Set(named)).toEqual(new Set(['host', 'custom_host', 'channel_token', 'channel_type']));
    expect(connectionFields.map(({ key }) => key)).toEqual(expect.arrayContaining(named));
  });

  it('describes the app as Zapier asks', () => {
    const [, description = ''] = /\| `([^`]+ is an? [^`]+)` \|/.exec(read(page)) ?? [];
    expect(Object.values(brands).some(({ name }) => description.startsWith(`${name} is a`))).toBe(true);
    expect(description).toMatch(/^.{40,140}$/);
    expect(description).not.toMatch(/zapier|https?:/i);
  });
});

it('the logo is a square PNG of 256 pixels with an alpha channel', () => {
  const png = readFileSync('docs/logo/logo-256.png');
  const rgba = 6;
  expect([png.readUInt32BE(16), png.readUInt32BE(20), png.readUInt8(25)]).toEqual([256, 256, rgba]);
});

it('one version is named everywhere, because nothing was ever published before it', () => {
  const { version } = packageJson;
  expect(read('CHANGELOG.md').match(/^## .*$/gm)).toEqual([`## ${version}`]);
  expect(App.version).toBe(version);
  for (const page of ['docs/deploying.md', 'docs/publicar.md']) {
    expect(/promote (\d\S+?)`/.exec(read(page))?.[1]).toBe(version);
  }
});
