import { globSync } from 'node:fs';
import { parseFileSync } from '@swc/core';
import * as limits from '../../src/api/limits.ts';

// This file finds every message of a failed run in the sources, so the guides are checked against a list nobody maintains.

interface Node extends Record<string, unknown> {
  type: string;
}
const isNode = (value: unknown): value is Node => typeof Object(value).type === 'string';
const asNode = (value: unknown): Node | undefined => (isNode(value) ? value : undefined);

/** Returns the part of a node at a path such as `callee.value`, or undefined if there is none. */
function at(node: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), node);
}

/** Yields every node of a syntax tree, parents before their children. */
function* walk(value: unknown): Generator<Node> {
  const node = asNode(value);
  if (node) yield node;
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) yield* walk(part);
  }
}

/** The values of numeric constants by name, because messages mention limits as `${name}`. */
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

/** Returns the text of an expression with `…` for parts only known in a run, or undefined if it is not a text. */
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

/** Returns the expression that tells the user what happened, if this node contains one. */
function sentenceIn(node: Node): unknown {
  if (node.type === 'CallExpression') {
    const argument = { badInput: 0, refused: 1 }[String(at(node, 'callee.value'))];
    return argument === undefined ? undefined : at(node, `arguments.${argument}.expression`);
  }
  return at(node, 'key.value') === 'sentence' ? node.value : at(node, 'id.value') === 'sentence' && node.init;
}

/** Returns every wording of the advice about running the step again, which the sources keep under names like `advice`. */
function wordingsIn(node: Node): unknown[] {
  const name = String(at(node, 'key.value') ?? at(node, 'id.value'));
  const whole = /^[A-Z].+[.…]$/;
  return /(?:advice|^ifUnanswered)$/i.test(name)
    ? [...walk(node)].filter((part) => whole.test(textOf(part, new Map()) ?? ''))
    : [];
}

/** Returns every message of the sources without duplicates. `…` replaces the parts that differ from run to run. */
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
