import { useRoleName } from '@balcao/ui';
import { computed } from 'vue';
import { useGrantableRoles } from '../../data/people.js';

/** The roles that this person may give, as a picker lists them. */
export function useRoleOptions() {
  const { roles, isSuccess } = useGrantableRoles();
  const roleName = useRoleName();
  const options = computed(() => roles.value.map((role) => ({ value: role.id, label: roleName(role) })));
  return { options, isSuccess };
}
