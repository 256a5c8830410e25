import { translate } from '@balcao/ui';
import type { Ticket, TicketEvent } from '../../api/types.js';

/** What became of the ticket, in the customer's words. */
export function historyText(event: TicketEvent): string {
  const { kind, to, mine, actorType, actorName } = event;
  const name = mine ? translate('tickets.history.you') : (actorName ?? '');
  if (kind === 'taken' || kind === 'assigned') return translate(`tickets.history.${kind}`, { name: to ?? '' });
  if (kind === 'unassigned') return translate('tickets.history.unassigned');
  if (kind !== 'status') return translate(`tickets.history.${kind}`, { value: translate(`ticket.${kind}.${to}`) });
  const ending = endingOf(event);
  if (!ending) return translate('tickets.history.status', { value: translate(`ticket.status.${to}`) });
  return translate(`tickets.history.${ending}.${actorType}`, { name });
}

function endingOf({ from, to }: TicketEvent): 'closed' | 'reopened' | undefined {
  if (to === 'closed') return 'closed';
  return to === 'open' && (from === 'resolved' || from === 'closed') ? 'reopened' : undefined;
}

/** Whether the ticket waits in the queue, with nobody to take care of it yet. */
export const waitsForSomebody = ({ status, assignee }: Ticket): boolean =>
  (status === 'new' || status === 'open') && assignee === null;
