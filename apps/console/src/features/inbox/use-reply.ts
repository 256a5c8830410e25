import { ApiError, translate } from '@balcao/ui';
import { computed, ref, shallowRef, watch } from 'vue';
import type { Ticket } from '../../data/types.js';
import { useDraftsStore } from '../../stores/drafts.js';
import { useAddComment } from '../../data/tickets.js';

export type ReplyMode = 'reply' | 'note';

/**
 * What is being written to a ticket. Reply and note are two texts: one never becomes the other by a wrong click. A reply
 * goes out only over what its author has seen.
 */
export function useReply(ticketId: string, ticket: () => Ticket, reload: () => Promise<Ticket | undefined>) {
  const drafts = useDraftsStore();
  const key = `ticket:${ticketId}`;
  const { mutateAsync: send, isPending: busy } = useAddComment(ticketId);

  const mode = ref<ReplyMode>('reply');
  const texts = ref<Record<ReplyMode, string>>({ reply: '', note: '', ...drafts.drafts[key]?.values });
  const problem = ref<string>();
  const failure = shallowRef<Error>();
  /** Messages that came while the reply was written, and have not been answered for yet. */
  const news = ref(0);
  watch(texts, (values) => drafts.save(key, { ...values }), { deep: true });
  watch([mode, texts], () => (problem.value = undefined), { deep: true });

  const text = computed({
    get: () => texts.value[mode.value],
    set: (value) => (texts.value[mode.value] = value),
  });

  /** Sends the text in sight; whether it went out. */
  async function submit(): Promise<boolean> {
    if (busy.value) return false;
    const sent = mode.value;
    failure.value = undefined;
    news.value = 0;
    const body = texts.value[sent].trim();
    if (body === '') {
      problem.value = translate('inbox.reply.missing');
      return false;
    }
    try {
      if (sent === 'note') await send({ body, isPublic: false });
      else if (!(await reply(body))) return false;
      texts.value[sent] = '';
      return true;
    } catch (error) {
      failure.value = error as Error;
      return false;
    }
  }

  /** Where others wrote meanwhile, shows what, and waits to be sent again; what else changed is no reason to wait. */
  async function reply(body: string): Promise<boolean> {
    const seen = ticket();
    try {
      await send({ body, isPublic: true, version: seen.version });
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'ticket_changed') throw error;
      const now = await reload();
      if (!now) throw error;
      const known = new Set(seen.comments.map(({ id }) => id));
      news.value = now.comments.filter(({ id, mine }) => !mine && !known.has(id)).length;
      if (news.value > 0) return false;
      await send({ body, isPublic: true, version: now.version });
      return true;
    }
  }

  return { mode, text, texts, problem, failure, news, busy, submit };
}
