/** What the sentence about a failed request needs to know of that request. */
export interface RequestContext {
  /** The platform that was asked, to be shown. */
  host: string;
  /** To be removed from every text that is shown. */
  token: string;
  /** How long the answer might take. */
  seconds: number;
  /** Below `/api/v1`. */
  path: string;
  /** The contact that the path names: the ID that the user typed, and the others that were tried for it, up to this one. */
  contactIds?: string[];
  /** The channel itself gave that ID in this run, so the user typed none. */
  isFromChannel?: boolean;
  /** For a request that must not be repeated: what may have happened where no clear answer came. */
  ifUnanswered?: string;
  /** For a request that the user wrote: what to check where the API does not know it. */
  ifUnknown?: string;
}

/** Whether running the step again is safe. It is, unless the request says otherwise. */
export function retryAdviceOf({ ifUnanswered = 'Trying again is safe.' }: RequestContext): string {
  return ifUnanswered;
}
