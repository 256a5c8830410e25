import { DomainError } from '@balcao/platform-errors';
import type { PortalContext } from '@balcao/platform-tenancy';

export type ReadScope = 'own' | 'account';

/**
 * Whose tickets a portal user may see: those of the account, or their own. `wanted` narrows the widest
 * that their role allows.
 * @throws DomainError permission_denied
 */
export function readScope({ can }: Pick<PortalContext, 'can'>, wanted?: ReadScope): ReadScope {
  const account = can('tickets:read_account');
  if (!account && (wanted === 'account' || !can('tickets:read_own'))) throw new DomainError('permission_denied');
  return wanted ?? (account ? 'account' : 'own');
}
