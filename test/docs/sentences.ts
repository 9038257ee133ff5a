import { globSync } from 'node:fs';
import { parseFileSync } from '@swc/core';
import * as limits from '../../src/api/limits.ts';

// This file finds every message of a failed run in the sources, so nobody has to maintain the list that the guides must cover.

interface Node extends Record<string, unknown> {
  type: string;
}
const isNode = (value: unknown): value is Node => typeof Object(value).type === 'string';

/** Returns the part of a node at a path such as `callee.value`, or undefined if there is none. */
function at(node: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => Reflect.get(Object(value), key), node);
}

/** Yields every node of a syntax tree, parents before their children. */
function* walk(value: unknown): Generator<Node> {
  if (isNode(value)) yield value;
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) yield* walk(part);
  }
}

/** The values of constants by name, because messages mention limits as `${name}`. */
type Constants = Map<unknown, unknown>;

function constantsOf(file: unknown): Constants {
  const numbers = [...walk(file)].filter((node) => at(node, 'init.type') === 'NumericLiteral');
  const own = numbers.map((node) => [at(node, 'id.value'), at(node, 'init.value')] as const);
  return new Map<unknown, unknown>([...Object.entries(limits), ...own]);
}

/** Returns the text of an expression with `…` for parts that only a run decides, or undefined if it is not a string. */
function textOf(value: unknown, constants: Constants): string | undefined {
  if (!isNode(value)) return undefined;
  const inside = (part: unknown) => textOf(part, constants) ?? constants.get(at(part, 'value')) ?? '…';
  switch (value.type) {
    case 'StringLiteral':
      return String(value.value);
    case 'TemplateLiteral': {
      const expressions = Object.values(Object(value.expressions)).map(inside);
      const quasis = Object.values(Object(value.quasis)).map((quasi) => at(quasi, 'cooked'));
      return quasis.map((quasi, place) => `${quasi}${expressions[place] ?? ''}`).join('');
    }
    case 'BinaryExpression':
      return `${inside(value.left)}${inside(value.right)}`;
    case 'ArrowFunctionExpression':
      return textOf(value.body, constants);
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
    const constants = constantsOf(file);
    return [...walk(file)]
      .flatMap((node) => [sentenceIn(node), ...wordingsIn(node)])
      .flatMap((part) => textOf(part, constants) ?? []);
  });
  return [...new Set(sentences)].filter((sentence) => /[a-z]{3}/.test(sentence));
}
