import { attempt, confirm, toast } from '@balcao/ui';
import { computed, ref, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import type { InboxItem } from '../../data/types.js';
import { useChangeTickets, type TicketChange } from '../../data/tickets.js';

/** What many tickets can become at once. */
export type BulkChange = Pick<TicketChange, 'status' | 'priority' | 'assigneeId'>;

/** The marked tickets of the list in sight, and what is done with all of them. */
export function useSelection(tickets: Readonly<Ref<readonly InboxItem[]>>) {
  const { t } = useI18n();
  const marked = ref(new Set<string>());
  const { mutateAsync: send, isPending: busy } = useChangeTickets();
  const count = computed(() => marked.value.size);

  // What is no longer in sight is not changed along.
  watch(tickets, (list) => {
    const inSight = new Set(list.map(({ id }) => id));
    const left = [...marked.value].filter((id) => inSight.has(id));
    if (left.length < marked.value.size) marked.value = new Set(left);
  });

  function toggle(id: string): void {
    const next = new Set(marked.value);
    if (!next.delete(id)) next.add(id);
    marked.value = next;
  }

  const clear = (): void => void (marked.value = new Set());
  const markAll = (): void => void (marked.value = new Set(tickets.value.map(({ id }) => id)));

  /** Changes the marked tickets. Those that were refused stay marked. */
  async function change(to: BulkChange): Promise<void> {
    if (busy.value || count.value === 0 || (to.status === 'resolved' && !(await agreedToResolve()))) return;
    await attempt(async () => {
      const results = await send({ ids: [...marked.value], ...to });
      const refused = results.filter(({ outcome }) => outcome === 'refused' || outcome === 'not_found');
      marked.value = new Set(refused.map(({ id }) => id));
      const done = results.length - refused.length;
      toast(
        refused.length === 0
          ? { text: t('inbox.bulk.done', { n: done }, done) }
          : { text: t('inbox.bulk.partly', { n: done, refused: refused.length }), tone: 'danger' },
      );
    });
  }

  const agreedToResolve = () =>
    confirm({
      title: t('inbox.bulk.resolveTitle', { n: count.value }, count.value),
      description: t('inbox.bulk.resolveText'),
      confirmLabel: t('inbox.resolve'),
    });

  return { marked, count, busy, toggle, clear, markAll, change };
}

export type Selection = ReturnType<typeof useSelection>;
