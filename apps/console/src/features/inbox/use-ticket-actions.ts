import { ApiError, attempt, confirm, toast, translate } from '@balcao/ui';
import { computed, ref, type Ref } from 'vue';
import { isDone, type Ticket, type TicketStatus } from '../../data/types.js';
import { useSessionStore } from '../../stores/session.js';
import { useChangeTicket, type TicketChange } from '../../data/tickets.js';
import { assigneeText, useAssignees } from './use-assignees.js';

/**
 * What can be done with a ticket. Nothing is shown as done before the API has said so, and nothing that somebody else
 * changed is changed unasked.
 */
export function useTicketActions(
  id: string,
  ticket: Readonly<Ref<Ticket | undefined>>,
  reload: () => Promise<Ticket | undefined>,
) {
  const session = useSessionStore();
  const { mutateAsync } = useChangeTicket(id);
  const pendingField = ref<keyof TicketChange>();

  const editable = session.can('tickets:write');
  const done = computed(() => isDone(ticket.value?.status));
  const assignees = useAssignees();
  /** Not finished, and nobody who works here takes care. */
  const waits = computed(() => {
    const assignee = ticket.value?.assignee;
    return editable && ticket.value !== undefined && !done.value && (!assignee || assignee.suspended);
  });

  /**
   * Sends a change. Where the ticket changed meanwhile: what touches none of the same properties goes through, the rest is
   * asked about.
   * @param seen the ticket that it was decided on
   * @returns what the ticket became, where it was made
   */
  async function send(to: TicketChange, seen = ticket.value): Promise<Ticket | undefined> {
    try {
      return (await mutateAsync({ ...to, version: seen?.version })).ticket;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'ticket_changed') throw error;
      const now = await reload();
      if (!seen || !now) throw error;
      const fields = (Object.keys(to) as (keyof TicketChange)[]).filter(
        (name) => valueOf(now, name) !== valueOf(seen, name),
      );
      if (fields.length > 0 && !(await insists(now, fields))) return undefined;
      return (await mutateAsync({ ...to, version: now.version })).ticket;
    }
  }

  const insists = (now: Ticket, fields: (keyof TicketChange)[]) =>
    confirm({
      title: translate('inbox.conflict.title', { number: now.number }),
      description: translate('inbox.conflict.text', {
        now: fields
          .map((name) => translate(`inbox.changed.${name}`, { value: wordOf({ [name]: valueOf(now, name) }, now) }))
          .join(', '),
      }),
      confirmLabel: translate('inbox.conflict.keep'),
      cancelLabel: translate('inbox.conflict.reload'),
    });

  /** Changes one property and says what happened, and offers the way back, which is to what it was or says where to. */
  async function change(
    to: TicketChange,
    back?: { label: string; to: TicketChange },
    seen = ticket.value,
  ): Promise<void> {
    const field = Object.keys(to)[0] as keyof TicketChange;
    if (pendingField.value) return;
    pendingField.value = field;
    await attempt(async () => {
      const made = await send(to, seen);
      if (!made) return;
      toast({
        text: translate(`inbox.changed.${field}`, { value: wordOf(to) }),
        action: back && { label: translate(back.label), run: () => void change(back.to, undefined, made) },
      });
    });
    pendingField.value = undefined;
  }

  function wordOf({ status, priority, type, assigneeId, ...external }: TicketChange, now?: Ticket): string {
    if (status) return translate(`inbox.status.${status}`);
    if (priority) return translate(`inbox.priority.${priority}`);
    if (type) return translate(`inbox.type.${type}`);
    const [text] = Object.values(external);
    if (text !== undefined) return text ?? translate('inbox.external.none');
    const known = assignees.value.find(({ value }) => value === (assigneeId ?? ''));
    return known?.label ?? assigneeText(now?.assignee ?? null);
  }

  /** Resolves what is open; opens again what is resolved or closed. */
  function resolveOrReopen(): void {
    const before: TicketStatus | undefined = ticket.value?.status;
    if (!before || !editable) return;
    if (done.value) void change({ status: 'open' });
    // Nothing becomes new again.
    else if (before === 'new') void change({ status: 'resolved' }, { label: 'inbox.reopen', to: { status: 'open' } });
    else void change({ status: 'resolved' }, { label: 'inbox.undo', to: { status: before } });
  }

  /** Takes what waits for somebody. */
  function take(): void {
    if (waits.value) void change({ assigneeId: session.me!.user.id });
  }

  return { send, change, pendingField, assignees, editable, done, waits, take, resolveOrReopen };
}

/** A property of the ticket as a change names it. */
const valueOf = (ticket: Ticket, name: keyof TicketChange) =>
  name === 'assigneeId' ? (ticket.assignee?.id ?? null) : ticket[name];

export type TicketActions = ReturnType<typeof useTicketActions>;
