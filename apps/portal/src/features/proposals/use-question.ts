import type { RouteLocationRaw } from 'vue-router';
import type { Proposal } from '../../api/types.js';
import { useSessionStore } from '../../stores/session.js';

/**
 * Where somebody asks before they decide: in a ticket where they may open one, else in a mail to whoever answers for the proposal,
 * else nowhere.
 * @returns makes the way of a subject
 */
export function useQuestion(): (proposal: Proposal, subject: string) => RouteLocationRaw | undefined {
  const session = useSessionStore();
  return ({ contact }, subject) => {
    if (session.state === 'in' && session.has('tickets') && session.can('tickets:create'))
      return { name: 'new-ticket', state: { subject } };
    return contact ? `mailto:${contact.email}?subject=${encodeURIComponent(subject)}` : undefined;
  };
}
