import { translate } from '@balcao/ui';
import { computed, ref, shallowRef, watch } from 'vue';
import { useDraftsStore } from '../../stores/drafts.js';
import { useAddComment } from './queries.js';

export type ReplyMode = 'reply' | 'note';

/** What is being written to a ticket. Reply and note are two texts: one never becomes the other by a wrong click. */
export function useReply(ticketId: string) {
  const drafts = useDraftsStore();
  const key = `ticket:${ticketId}`;
  const { mutateAsync: send, isPending: busy } = useAddComment(ticketId);

  const mode = ref<ReplyMode>('reply');
  const texts = ref<Record<ReplyMode, string>>({ reply: '', note: '', ...drafts.drafts[key]?.values });
  const problem = ref<string>();
  const failure = shallowRef<Error>();
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
    const body = texts.value[sent].trim();
    if (body === '') {
      problem.value = translate('inbox.reply.missing');
      return false;
    }
    try {
      await send({ body, isPublic: sent === 'reply' });
      texts.value[sent] = '';
      return true;
    } catch (error) {
      failure.value = error as Error;
      return false;
    }
  }

  return { mode, text, texts, problem, failure, busy, submit };
}
