/** The facts about a failed request that its sentence needs. */
export interface RequestContext {
  host: string; // The messaging platform's host.
  token: string; // The token, which is removed from every text before it is shown.
  seconds: number; // Seconds that the answer was allowed to take.
  path: string;
  /** The contact IDs that were tried: first the one that the user typed, last the one in this path. */
  contactIds?: string[];
  isFromChannel?: boolean; // True if the ID came from the channel in this run, not from the user.
  ifUnanswered?: string; // For a request that must not be repeated: what may have happened if there is no clear answer.
  ifUnknown?: string; // For a request that the user wrote: what to check if the API does not know it.
}

/** Returns the advice on running the step again. It is safe unless the request says otherwise. */
export const retryAdviceOf = ({ ifUnanswered = 'Trying again is safe.' }: RequestContext): string =>
  ifUnanswered;
