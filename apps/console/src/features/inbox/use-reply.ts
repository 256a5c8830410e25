import { ApiError, translate, useLostAnswer } from '@balcao/ui';
import { computed, onBeforeUnmount, ref, shallowRef, watch } from 'vue';
import type { Ticket } from '../../data/types.js';
import { useDraftsStore } from '../../stores/drafts.js';
import { useAddComment } from '../../data/tickets.js';

export type ReplyMode = 'reply' | 'note';

/** A notice stands so long before a press on the button counts as made in sight of it. */
const NOTICE_MS = 1_000;

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
  /** Messages that came while the reply was written, whether told live or by a refusal. */
  const news = ref(0);
  /** They came this moment: whoever presses now has not seen them yet. */
  const justCame = ref(false);
  let known = new Set(ticket().comments.map(({ id }) => id));
  let standing: ReturnType<typeof setTimeout> | undefined;
  onBeforeUnmount(() => clearTimeout(standing));

  /** Takes everything that is there for seen. */
  function seeAll(): void {
    known = new Set(ticket().comments.map(({ id }) => id));
    news.value = 0;
    justCame.value = false;
  }

  /** Tells of what others wrote while there is a reply to hold back; without one it is simply there. */
  function look(now: Ticket): void {
    if (texts.value.reply.trim() === '') return seeAll();
    const unseen = now.comments.filter(({ id, mine, removed }) => !mine && !removed && !known.has(id)).length;
    if (unseen > news.value) {
      justCame.value = true;
      clearTimeout(standing);
      standing = setTimeout(() => (justCame.value = false), NOTICE_MS);
    }
    news.value = unseen;
  }
  watch(ticket, look);
  watch(
    () => texts.value.reply.trim() === '',
    (empty) => empty && seeAll(),
  );
  watch(texts, (values) => drafts.save(key, { ...values }), { deep: true });
  watch([mode, texts], () => (problem.value = undefined), { deep: true });

  const text = computed({
    get: () => texts.value[mode.value],
    set: (value) => (texts.value[mode.value] = value),
  });

  const sendingOf = (kind: ReplyMode) =>
    useLostAnswer({
      drafts,
      key: `${key}:${kind}`,
      text: () => texts.value[kind],
      busy,
      comments: () => ticket().comments,
      send: () => submit(kind),
    });
  const sending = { reply: sendingOf('reply'), note: sendingOf('note') };

  /** Sends a text, the one in sight as a rule; whether it went out. */
  async function submit(sent = mode.value): Promise<boolean> {
    if (busy.value || (sent === 'reply' && justCame.value)) return false;
    failure.value = undefined;
    const body = texts.value[sent].trim();
    if (body === '') {
      problem.value = translate('inbox.reply.missing');
      return false;
    }
    try {
      if (!(await sending[sent](body, () => (sent === 'note' ? note(body) : reply(body))))) return false;
      if (sent === 'reply') seeAll();
      texts.value[sent] = '';
      return true;
    } catch (error) {
      failure.value = error as Error;
      return false;
    }
  }

  async function note(body: string): Promise<boolean> {
    await send({ body, isPublic: false });
    return true;
  }

  /** Where others wrote meanwhile, shows what, and waits to be sent again; what else changed is no reason to wait. */
  async function reply(body: string): Promise<boolean> {
    const told = news.value;
    try {
      await send({ body, isPublic: true, version: ticket().version });
      return true;
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'ticket_changed') throw error;
      const now = await reload();
      if (!now) throw error;
      look(now);
      if (news.value > told) return false;
      await send({ body, isPublic: true, version: now.version });
      return true;
    }
  }

  return { mode, text, texts, problem, failure, news, justCame, busy, submit };
}
