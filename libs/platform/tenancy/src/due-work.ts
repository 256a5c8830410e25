import type { OrganizationContext } from './context.js';

/**
 * Work that falls due by an organization's own clock: renewals, reminders, whatever ends after a while. Where somebody moves
 * the clock of a sandbox organization, all of it is done of each day before the next one begins there.
 */
export interface DueWork {
  /**
   * Does everything of the organization that is due by `context.clock`, however much that is. Done twice it does it once,
   * and what it cannot do it throws: the clock waits there, and it is tried again.
   */
  runDue(context: OrganizationContext): Promise<void>;
}
