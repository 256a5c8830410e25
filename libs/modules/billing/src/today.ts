import { dayAt, type Day } from '@balcao/money';
import type { PortalContext, StaffContext } from '@balcao/platform-tenancy';

/** The day that the organization of who asks has, by the context's clock. */
export const todayOf = (context: PortalContext | StaffContext): Day =>
  dayAt(context.clock.now(), context.principal.organization.timeZone);
