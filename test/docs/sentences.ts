import { globSync } from 'node:fs';
import { parseFileSync } from '@swc/core';
import * as limits from '../../src/api/limits.ts';

// The messages that a user can meet when a run fails, read from the syntax trees of the sources.

interface Node extends Record<string, unknown> {
  type: string;
}
const isNode = (value: unknown): value is Node => typeof Object(value).type === 'string';
const asNode = (value: unknown): Node | undefined => (isNode(value) ? value : undefined);

/** A part of a node by its path: `callee.value`. */
function at(node: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), node);
}

/** A node and all below it. */
function* walk(value: unknown): Generator<Node> {
  const node = asNode(value);
  if (node) yield node;
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) yield* walk(part);
  }
}

/** The numbers that names stand for. */
type Numbers = Map<unknown, string>;

function numbersOf(file: unknown): Numbers {
  const numbers: Numbers = new Map();
  for (const [name, value] of Object.entries(limits)) {
    if (typeof value === 'number') numbers.set(name, `${value}`);
  }
  for (const node of walk(file)) {
    const first = node.kind === 'const' ? at(node, 'declarations.0') : undefined;
    if (at(first, 'init.type') === 'NumericLiteral')
      numbers.set(at(first, 'id.value'), String(at(first, 'init.value')));
  }
  return numbers;
}

/** The text of an expression; undefined where it is none. */
function textOf(value: unknown, numbers: Numbers): string | undefined {
  const node = asNode(value);
  const inside = (part: unknown) => textOf(part, numbers) ?? numbers.get(at(part, 'value')) ?? '…';
  switch (node?.type) {
    case 'StringLiteral':
      return String(node.value);
    case 'TemplateLiteral': {
      const expressions = Object.values(Object(node.expressions)).map(inside);
      const quasis = Object.values(Object(node.quasis)).map((quasi) => at(quasi, 'cooked'));
      return quasis.map((quasi, place) => `${quasi}${expressions[place] ?? ''}`).join('');
    }
    case 'BinaryExpression':
      return inside(node.left) + inside(node.right);
    case 'ArrowFunctionExpression':
      return textOf(node.body, numbers);
    default:
      return undefined;
  }
}

/** What happened, where a node says so. */
function sentenceIn(node: Node): unknown {
  if (node.type === 'CallExpression') {
    const argument = { badInput: 0, refused: 1 }[String(at(node, 'callee.value'))];
    return argument === undefined ? undefined : at(node, `arguments.${argument}.expression`);
  }
  return at(node, 'key.value') === 'sentence' ? node.value : at(node, 'id.value') === 'sentence' && node.init;
}

/** Whether the step may be run again, in every wording that a node of such a name holds. */
function wordingsIn(node: Node): unknown[] {
  const name = String(at(node, 'key.value') ?? at(node, 'id.value'));
  const whole = /^[A-Z].+[.…]$/;
  return /(?:advice|^ifUnanswered)$/i.test(name)
    ? [...walk(node)].filter((part) => whole.test(textOf(part, new Map()) ?? ''))
    : [];
}

/** Every message of the sources, once; `…` stands for what differs from run to run. */
export function readSentences(): string[] {
  const sentences = globSync('{src,triggers,searches,creates}/**/*.ts').flatMap((path) => {
    const file = parseFileSync(path, { syntax: 'typescript' });
    const numbers = numbersOf(file);
    return [...walk(file)]
      .flatMap((node) => [sentenceIn(node), ...wordingsIn(node)])
      .flatMap((part) => textOf(part, numbers) ?? []);
  });
  return [...new Set(sentences)].filter((sentence) => /[a-z]{3}/.test(sentence));
}
