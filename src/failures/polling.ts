import { toPlatformError } from './failure.ts';
import { count } from './wording.ts';

/** Throws the error for a cache that cannot be read. */
export function failUnread(): never {
  throw toPlatformError({
    kind: 'refused',
    code: 'memory_unread',
    sentence: 'Zapier could not read what this Zap remembers, so this check was left out.',
    remedy: 'The next one catches up.',
  });
}

/** Throws the error for a cache that can neither save the memory nor remove the older one, which is wrong by now. */
export function failUnsaved(): never {
  throw toPlatformError({
    kind: 'refused',
    code: 'memory_unsaved',
    sentence: 'Zapier could not save what this Zap has to remember.',
    remedy: 'Switch the Zap on again in a few minutes.',
  });
}

/** Returns the error for switching on New Contact if time ran out after this many pages. */
export function tooSlowToSwitchOn(pages: number): Error {
  return toPlatformError({
    kind: 'refused',
    code: 'too_slow',
    sentence: `The platform answered too slowly to switch this Zap on: only ${count(pages, 'page')} of contacts could be read in 25 seconds.`,
    remedy: 'Switch it on again when the platform is faster, or watch a value that fewer contacts have.',
  });
}
