import { operationsByPath, reasonsOf, schemaAt } from '../../tools/sandbox/openapi.ts';

const isPath = (path: string, pathname: string) =>
  new RegExp(`^${path.replace(/\/$/, '').replace('{contact_id}', '[^/]+')}/?$`).test(pathname);

/** Returns how a request and its answer differ from `docs/api/openapi.yaml`. The path is the one below `/api/v1`. */
export function mistakesOf(request: {
  method: string;
  path: string;
  body: string;
  status: number | null;
  answer: string;
}): string[] {
  const { pathname, searchParams } = new URL(request.path, 'http://localhost');
  const path = [...operationsByPath.keys()].find((known) => isPath(known, pathname)) ?? '';
  const operation = operationsByPath.get(path)?.find(({ method }) => method === request.method);
  if (!operation) return [`${request.method} ${pathname} is not in the description.`];
  const check = (place: string | undefined, text: string, name: string) => {
    if (place === undefined) return text && `There is a ${name}, which is not in the description.`;
    const isRight = schemaAt(place);
    return isRight(JSON.parse(text)) ? '' : reasonsOf(isRight, name);
  };
  return [
    operation.checkQuery(Object.fromEntries(searchParams)),
    check(operation.body, request.body, 'body'),
    check(operation.answers.get(Number(request.status)), request.answer, 'answer'),
  ].filter(Boolean);
}
