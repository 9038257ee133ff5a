import { openConnection } from '../../src/connection/connection.ts';
import { showable } from '../../src/failures/wording.ts';
import { Client } from './client.ts';
import { contactChecks } from './contact-checks.ts';
import { CannotAsk, type CheckGroup, type Finding } from './finding.ts';
import type { Diagnosis } from './report.ts';
import { responseChecks } from './response-checks.ts';
import { type Search, searchChecks } from './search-checks.ts';
import { type TemplateToSend, templateCheck } from './template-check.ts';
import { writeChecks } from './write-checks.ts';

/** What the owner asks the doctor to examine. */
export interface Examination {
  /** The values of the connection's fields, by the integration's keys. */
  authData: Record<string, string>;
  search?: Search | undefined;
  /** Goes into the e-mail address of the contact that is created. Without it no contact is created. */
  writeAs?: string | undefined;
  /** The template to send, once. Without it nothing is sent. */
  template?: TemplateToSend | undefined;
  /** Replaces the timer in tests. */
  wait?: (milliseconds: number) => Promise<unknown>;
}

/** Makes the checks of a group and collects their findings. Returns the reason if the checks cannot go on. */
async function runGroup({ check }: CheckGroup, findings: Finding[]): Promise<CannotAsk | undefined> {
  try {
    for await (const finding of check()) findings.push(finding);
    return undefined;
  } catch (error) {
    if (error instanceof CannotAsk) return error;
    throw error;
  }
}

/** Examines a channel with at most 30 requests. Throws an input error if the connection cannot work. */
export async function examine(examination: Examination): Promise<Diagnosis> {
  const { authData, search, writeAs, template, wait } = examination;
  const connection = openConnection(authData);
  const client = new Client(connection, wait);
  const groups = [
    contactChecks(client),
    searchChecks(client, search, connection.host),
    ...(writeAs === undefined ? [] : [writeChecks(client, writeAs)]),
    ...(template ? [templateCheck(client, template)] : []),
  ];
  const diagnosis: Diagnosis = { findings: [], unasked: [] };
  let lost: CannotAsk | undefined;
  for (const group of groups) {
    const before = diagnosis.findings.length;
    const reason = lost ?? (await runGroup(group, diagnosis.findings));
    const questions = group.questions.slice(diagnosis.findings.length - before);
    addUnasked(diagnosis, questions, reason);
    if (reason?.isFinal) lost = reason;
  }
  const responses = responseChecks(client.answers);
  if (client.answers.length > 0) await runGroup(responses, diagnosis.findings);
  else addUnasked(diagnosis, responses.questions, lost);
  const show = (text: string) => showable(text, connection.token);
  return {
    findings: diagnosis.findings.map((finding) => ({ ...finding, found: show(finding.found) })),
    unasked: diagnosis.unasked.map((part) => ({ ...part, because: show(part.because) })),
  };
}

/** Merges questions that could not be asked for the same reason, so that the report says it once. */
function addUnasked(
  { unasked }: Diagnosis,
  questions: readonly string[],
  reason: CannotAsk | undefined,
): void {
  if (!reason || questions.length === 0) return;
  const { message: because, next } = reason;
  const last = unasked.at(-1);
  if (last?.because === because)
    unasked.splice(-1, 1, { ...last, questions: [...last.questions, ...questions] });
  else unasked.push({ questions, because, next });
}
