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

/** That it is decided, or has ended, and by whom, so that nothing of this is sent any more; undefined while it waits for staff. */
export function endOf({ status, reviewedByName: name, refusal }: Signup): string | undefined {
  if (status === 'in_review') return undefined;
  if (!name || status === 'withdrawn' || status === 'expired')
    return translate('signups.changed.ended', { status: translate(`signups.status.${status}`) });
  return translate(`signups.changed.${refusal?.code === 'staff' ? 'refused' : 'approved'}`, { name });
}

/** A decision that was refused because the signup is other than it was shown says what of it is; other errors stay. */
export function toldChange(error: unknown, before: Signup, after: Signup): unknown {
  if (!isConflict(error)) return error;
  const names = namesOfChanges(before, after);
  const detail = endOf(after) ?? translate(names ? 'signups.changed.facts' : 'signups.changed.else', { names });
  return new ApiError({ ...error, detail }, { cause: error });
}
