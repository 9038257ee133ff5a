import type { LoggedRequest } from '../../tools/sandbox/log.ts';
import { operationsByPath, reasonsOf, schemaAt } from '../../tools/sandbox/openapi.ts';

const isPath = (path: string, pathname: string) =>
  new RegExp(`^${path.replace(/\/$/, '').replace('{contact_id}', '[^/]+')}/?$`).test(pathname);

/** Returns how a request to the sandbox, and its answer, differ from `docs/api/openapi.yaml`. */
export function mistakesOf({ method, path, body, status, answer }: LoggedRequest): string[] {
  const { pathname, searchParams } = new URL(path.replace('/api/v1', ''), 'http://localhost');
  const known = [...operationsByPath.keys()].find((each) => isPath(each, pathname)) ?? '';
  const operation = operationsByPath.get(known)?.find((each) => each.method === method);
  if (!operation) return [`${method} ${pathname} is not in the description.`];
  const check = (place: string | undefined, text: string, name: string) => {
    if (place === undefined) return text && `There is a ${name}, which is not in the description.`;
    const isRight = schemaAt(place);
    return isRight(JSON.parse(text)) ? '' : reasonsOf(isRight, name);
  };
  return [
    operation.checkQuery(Object.fromEntries(searchParams)),
    check(operation.body, body, 'body'),
    check(operation.answers.get(Number(status)), answer, 'answer'),
  ].filter(Boolean);
}
