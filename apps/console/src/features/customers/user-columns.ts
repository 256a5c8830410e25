import { displayEmail } from '@balcao/contracts';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Column } from '../../components/data-table.js';
import { USER_LOOKS } from '../../data/looks.js';
import type { PortalUser } from '../../data/types.js';

/** People of customers as tables show them; beside their account where it is not one account's table. */
export function useUserColumns({ account }: { account: boolean }) {
  const { t } = useI18n();
  const accountColumn: Column<PortalUser> = {
    label: t('users.columns.account'),
    text: ({ billingAccount }) => billingAccount.name,
    wraps: true,
  };
  return computed((): Column<PortalUser>[] => [
    {
      label: t('users.columns.name'),
      text: ({ name }) => name,
      to: ({ id }) => ({ name: 'user', params: { id } }),
      below: ({ email }) => displayEmail(email),
    },
    ...(account ? [{ ...accountColumn, label: t('users.columns.account') }] : []),
    { label: t('users.columns.role'), text: ({ role }) => role.name },
    {
      label: t('users.columns.status'),
      text: ({ status }) => t(`users.status.${status}`),
      badge: ({ status }) => USER_LOOKS[status],
    },
    { label: t('users.columns.lastLogin'), at: ({ lastLoginAt }) => lastLoginAt, none: t('users.never') },
  ]);
}
