import { translate } from '@balcao/ui';
import { computed } from 'vue';
import { useSessionStore } from '../../stores/session.js';
import { useStaff } from '../../data/staff.js';
import type { Ticket } from '../../data/types.js';

/** Who takes care of a ticket, and whether they still work here. */
export function assigneeText(assignee: Ticket['assignee']): string {
  if (!assignee) return translate('inbox.unassigned');
  return assignee.suspended ? translate('inbox.suspended', { name: assignee.name }) : assignee.name;
}

/** To whom a ticket can be given: nobody, oneself, the others. */
export function useAssignees() {
  const session = useSessionStore();
  const staff = useStaff({ status: 'active', limit: 100 });
  return computed(() => {
    const me = session.me?.user.id;
    const people = (staff.data.value?.data ?? []).filter(({ status }) => status === 'active');
    return [
      { value: '', label: translate('inbox.unassigned') },
      ...people.filter((person) => person.id === me).map(({ id: value }) => ({ value, label: translate('inbox.me') })),
      ...people.filter((person) => person.id !== me).map(({ id: value, name }) => ({ value, label: name })),
    ];
  });
}
