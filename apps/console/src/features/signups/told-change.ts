import { ApiError, translate } from '@balcao/ui';
import type { Signup } from '../../data/signups.js';
import { changedFacts } from './outcome.js';

/** What somebody else has changed of a signup, as a list of labels; empty where it is nothing that is shown here. */
export const namesOfChanges = (before: Signup, after: Signup): string =>
  changedFacts(before, after)
    .map((name) => translate(`signups.facts.${name}`))
    .join(', ');

/** Whether something was refused because somebody else had changed it. */
export const isConflict = (error: unknown): error is ApiError => error instanceof ApiError && error.code === 'conflict';

/** A decision that was refused because the signup is other than it was shown says what of it is; other errors stay. */
export function toldChange(error: unknown, before: Signup, after: Signup): unknown {
  if (!isConflict(error)) return error;
  const names = namesOfChanges(before, after);
  const detail = translate(names ? 'signups.changed.facts' : 'signups.changed.else', { names });
  return new ApiError({ ...error, detail }, { cause: error });
}
