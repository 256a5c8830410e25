import { DomainError } from '@balcao/platform-errors';

export type ReadScope = 'own' | 'account';

/**
 * Whose tickets a portal user may see (decision 5): those of the account, or their own. `wanted` narrows the widest
 * that the permissions allow.
 * @throws DomainError permission_denied
 */
export function readScope(permissions: ReadonlySet<string>, wanted?: ReadScope): ReadScope {
  const account = permissions.has('tickets:read_account');
  if (!account && (wanted === 'account' || !permissions.has('tickets:read_own')))
    throw new DomainError('permission_denied');
  return wanted ?? (account ? 'account' : 'own');
}
