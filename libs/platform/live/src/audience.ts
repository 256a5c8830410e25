import type { EventDefinition } from '@balcao/contracts';
import type { PortalContext } from '@balcao/platform-tenancy';
import type { LiveMessage } from './live-bus.js';

/** Who of the customers listens. */
export type CustomerReader = Pick<PortalContext, 'organizationId' | 'can'> & {
  scope: { billingAccountId: string };
  actor: { id?: string };
};

/** Whether a customer may hear of something. */
export function customerMayHear(
  { organizationId, scope, actor, can }: CustomerReader,
  { customers }: Pick<EventDefinition, 'customers'>,
  message: Pick<LiveMessage, 'organizationId' | 'billingAccountId' | 'portalUserId'>,
): boolean {
  if (!customers || message.organizationId !== organizationId) return false;
  if ('everybody' in customers) return can(customers.everybody);
  if (message.billingAccountId !== scope.billingAccountId) return false;
  return can(customers.account) || (can(customers.own) && message.portalUserId === actor.id);
}
