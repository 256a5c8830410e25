import { translate } from '@balcao/ui';
import { isDone, type TicketEvent } from '../../data/types.js';

/** What became of a ticket and who did it, in the team's words. */
export function historyText({ kind, from, to, mine, actorType, actorName }: TicketEvent): string {
  const name = mine ? translate('inbox.history.you') : (actorName ?? '');
  if (kind === 'taken' || kind === 'assigned') return translate(`inbox.history.${kind}`, { name, to: to ?? '' });
  if (kind === 'unassigned')
    return actorType === 'system'
      ? translate('inbox.history.left', { from: from ?? '' })
      : translate('inbox.history.unassigned', { name });
  if (kind === 'status' && actorType === 'system') return translate('inbox.history.closedByTime');
  if (kind === 'status' && to === 'closed') return translate('inbox.history.closed', { name });
  if (kind === 'status' && isDone(from) && to === 'open') return translate('inbox.history.reopened', { name });
  const [before, after] = [from, to].map((word) => translate(`inbox.${kind}.${word}`));
  return translate(`inbox.history.${kind}`, { name, from: before ?? '', to: after ?? '' });
}
