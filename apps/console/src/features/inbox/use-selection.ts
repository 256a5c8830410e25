import { attempt, confirm, toast } from '@balcao/ui';
import { computed, ref, watch, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { isDone, type InboxItem } from '../../data/types.js';
import { useChangeTickets, type TicketChange } from '../../data/tickets.js';

type BulkFact = 'status' | 'priority' | 'assigneeId';
/** What many tickets can become at once: one property of all of them. */
export type BulkChange = Pick<TicketChange, BulkFact>;

/** The marked tickets of the list in sight, and what is done with all of them. */
export function useSelection(tickets: Readonly<Ref<readonly InboxItem[]>>) {
  const { t } = useI18n();
  const marked = ref(new Set<string>());
  const { mutateAsync: send, isPending: busy } = useChangeTickets();
  const count = computed(() => marked.value.size);
  const rows = () => tickets.value.filter(({ id }) => marked.value.has(id));
  const allDone = computed(() => rows().every(({ status }) => isDone(status)));

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

  /**
   * Changes the marked tickets, says what was done and offers the way back. Those that were refused stay marked.
   * @param name of somebody else to whom they are given
   */
  async function change(to: BulkChange, name?: string): Promise<void> {
    if (busy.value || count.value === 0 || (to.status === 'resolved' && !(await agreedToResolve()))) return;
    await attempt(async () => {
      const before = rows();
      const { changed, done, refused } = await sendTo(before, to);
      marked.value = new Set(refused);
      if (done === 0) return toast({ text: refusal(refused), tone: 'danger' });
      const text = [doneText(to, done, name), ...(refused.length > 0 ? [refusal(refused)] : [])].join('; ');
      const back = wayBack(
        before.filter(({ id }) => changed.has(id)),
        to,
      );
      toast({ text, action: back });
    });
  }

  async function sendTo(tickets: readonly InboxItem[], to: BulkChange) {
    const results = await send({ ids: tickets.map(({ id }) => id), ...to });
    const changed = new Set(results.filter(({ outcome }) => outcome === 'changed').map(({ id }) => id));
    const refused = results.filter(({ outcome }) => outcome === 'refused' || outcome === 'not_found');
    return { changed, done: results.length - refused.length, refused: refused.map(({ id }) => id) };
  }

  const refusal = ({ length }: readonly string[]) => t('inbox.bulk.refused', { n: length }, length);

  function doneText({ status, priority, assigneeId }: BulkChange, n: number, name?: string): string {
    const became = (word: string, more = {}) => t(`inbox.bulk.became.${word}`, { n, ...more }, n);
    if (status) return became(status);
    if (priority) return became('priority', { value: t(`inbox.priority.${priority}`) });
    return assigneeId && name ? became('assigned', { name }) : became(assigneeId ? 'mine' : 'unassigned');
  }

  /**
   * Each becomes what it was. What rules forbid is not offered: nothing becomes new again and what is closed can only be
   * opened, which is offered by its name, and nobody gets tickets who no longer works here.
   */
  function wayBack(before: readonly InboxItem[], to: BulkChange) {
    const [field] = Object.keys(to) as [BulkFact];
    const backOf = ({ status, priority, assignee }: InboxItem) => {
      if (field !== 'status') return field === 'priority' ? priority : (assignee?.id ?? null);
      return status === 'new' || to.status === 'closed' ? 'open' : status;
    };
    const exact = field !== 'status' || before.every((row) => backOf(row) === row.status);
    const gone = field === 'assigneeId' && before.some(({ assignee }) => assignee?.suspended);
    if (before.length === 0 || gone || !(exact || isDone(to.status))) return undefined;
    const run = async (): Promise<void> => {
      const refused: string[] = [];
      for (const value of new Set(before.map(backOf))) {
        const same = before.filter((row) => backOf(row) === value);
        refused.push(...(await sendTo(same, { [field]: value })).refused);
      }
      const text = exact ? t('inbox.bulk.undone') : doneText({ status: 'open' }, before.length);
      toast(refused.length > 0 ? { text: refusal(refused), tone: 'danger' } : { text });
    };
    return { label: t(exact ? 'inbox.undo' : 'inbox.reopen'), run: () => void attempt(run) };
  }

  const agreedToResolve = () =>
    confirm({
      title: t('inbox.bulk.resolveTitle', { n: count.value }, count.value),
      description: t('inbox.bulk.resolveText'),
      confirmLabel: t('inbox.resolve'),
    });

  return { marked, count, allDone, busy, toggle, clear, markAll, change };
}

export type Selection = ReturnType<typeof useSelection>;
