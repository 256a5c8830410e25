import { STAFF_ROLES, type StaffRole } from '@balcao/contracts';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { StaffMember } from '../../data/types.js';
import { useSessionStore } from '../../stores/session.js';

/** Whom of the staff this person may change, and which roles they may give. The API decides again. */
export function useStaffRights() {
  const { t } = useI18n();
  const session = useSessionStore();
  const isOwner = computed(() => session.me?.user.role === 'owner');
  const isSelf = ({ id }: Pick<StaffMember, 'id'>) => session.me?.user.id === id;
  const manages = ({ role }: Pick<StaffMember, 'role'>) =>
    session.can('staff:write') && (role !== 'owner' || isOwner.value);

  /** The roles to choose from; the one that somebody has is always among them. */
  const rolesFor = (present?: StaffRole) =>
    STAFF_ROLES.filter((role) => role !== 'owner' || isOwner.value || present === 'owner').map((value) => ({
      value,
      label: t(`app.role.${value}`),
    }));

  return { isSelf, manages, rolesFor };
}
