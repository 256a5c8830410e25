import { errorText, toast, translate } from '@balcao/ui';
import { computed, ref, type Ref } from 'vue';
import type { Ticket, TicketStatus } from '../../api/types.js';
import { useSessionStore } from '../../stores/session.js';
import { useChangeTicket, useStaff, type TicketChange } from './queries.js';

/** The properties that open a menu by a key. */
export type FactName = 'status' | 'assignee' | 'priority';

/** What can be done with a ticket. Nothing is shown as done before the API has said so. */
export function useTicketActions(id: string, ticket: Readonly<Ref<Ticket | undefined>>) {
  const session = useSessionStore();
  const { mutateAsync: send } = useChangeTicket(id);
  const staff = useStaff();
  const pendingField = ref<keyof TicketChange>();
  const openMenu = ref<FactName>();

  const editable = session.can('tickets:write');
  const done = computed(() => ticket.value?.status === 'resolved' || ticket.value?.status === 'closed');
  const assignees = computed(() => {
    const me = session.me?.user.id;
    const people = (staff.data.value?.data ?? []).filter(({ status }) => status !== 'suspended');
    return [
      { value: '', label: translate('inbox.unassigned') },
      ...people.filter((person) => person.id === me).map(({ id: value }) => ({ value, label: translate('inbox.me') })),
      ...people.filter((person) => person.id !== me).map(({ id: value, name }) => ({ value, label: name })),
    ];
  });

  /** Changes one property and says what happened. */
  async function change(to: TicketChange, undo?: TicketChange): Promise<void> {
    const field = Object.keys(to)[0] as keyof TicketChange;
    if (pendingField.value) return;
    pendingField.value = field;
    try {
      await send(to);
      toast({
        text: translate(`inbox.changed.${field}`, { value: wordOf(to) }),
        action: undo && { label: translate('inbox.undo'), run: () => void change(undo) },
      });
    } catch (error) {
      toast({ text: errorText(error), tone: 'danger' });
    } finally {
      pendingField.value = undefined;
    }
  }

  function wordOf({ status, priority, type, assigneeId }: TicketChange): string {
    if (status) return translate(`inbox.status.${status}`);
    if (priority) return translate(`inbox.priority.${priority}`);
    if (type) return translate(`inbox.type.${type}`);
    return assignees.value.find(({ value }) => value === (assigneeId ?? ''))?.label ?? '';
  }

  /** Resolves what is open; opens again what is resolved or closed. */
  function resolveOrReopen(): void {
    const before: TicketStatus | undefined = ticket.value?.status;
    if (!before || !editable) return;
    if (done.value) void change({ status: 'open' });
    else void change({ status: 'resolved' }, { status: before === 'new' ? 'open' : before });
  }

  return { send, change, pendingField, openMenu, assignees, editable, done, resolveOrReopen };
}

export type TicketActions = ReturnType<typeof useTicketActions>;
