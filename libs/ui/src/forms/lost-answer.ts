import { nextTick, ref, watch, type Ref } from 'vue';
import { ApiError } from '../api/api-error.js';
import { isAnswered } from '../api/open-attempts.js';
import { toast } from '../feedback/toasts.js';
import { translate } from '../i18n/i18n.js';
import type { Draft } from './drafts.js';

/** The API knows what it got for a day; after that the same words would be another message. */
const KNOWN_MS = 20 * 60 * 60_000;

interface MessageBox {
  drafts: {
    drafts: Record<string, Draft>;
    save: (key: string, values: Record<string, string>) => void;
    discard: (key: string) => void;
  };
  /** Of the place that is written from. */
  key: string;
  text: () => string;
  busy: Readonly<Ref<boolean>>;
  /** The conversation as it was read last, oldest first. */
  comments: () => readonly { id: string; body: string; mine: boolean }[];
  /** Sends what stands in the box; whether it went out. */
  send: () => Promise<boolean>;
}

/**
 * A message whose answer was lost stays in its box. Once the conversation shows that it did arrive, over a reload too, it
 * is sent again, which under the key of the first only brings the lost answer: the box is empty, and the next is another.
 * Every sending goes through the function that comes back.
 */
export function useLostAnswer({ drafts, key, text, busy, comments, send }: MessageBox) {
  const name = `sent:${key}`;
  const own = () => comments().filter(({ mine }) => mine);
  const underWay = ref(false);
  let looked: unknown;

  function arrived(): boolean {
    const sent = drafts.drafts[name];
    if (!sent || sent.values.body !== text().trim() || Date.now() - sent.savedAt > KNOWN_MS) return false;
    const known = own().findIndex(({ id }) => id === sent.values.after);
    return own().some(({ body }, index) => index > known && body === sent.values.body);
  }

  watch(
    [comments, busy, underWay],
    async ([now]) => {
      if (busy.value || underWay.value || now === looked || !arrived()) return;
      looked = now;
      await nextTick();
      if (await send()) toast({ text: translate('ui.arrived') });
    },
    { immediate: true },
  );

  return async function sending<T>(body: string, change: () => Promise<T>): Promise<T> {
    if (drafts.drafts[name]?.values.body !== body) drafts.save(name, { body, after: own().at(-1)?.id ?? '' });
    underWay.value = true;
    try {
      const answer = await change();
      drafts.discard(name);
      return answer;
    } catch (error) {
      if (error instanceof ApiError && isAnswered(error)) drafts.discard(name);
      throw error;
    } finally {
      underWay.value = false;
    }
  };
}
