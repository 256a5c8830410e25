import { computed, ref, shallowRef } from 'vue';
import { attempt } from '../feedback/attempt.js';

interface Conversation<Comment> {
  comments: Comment[];
  /** Whether there are older ones. */
  olderComments: boolean;
}

/**
 * A ticket's conversation with the older comments that were asked for. They stand before the first comment that the ticket
 * itself holds, and are asked for anew once that is another one.
 */
export function useOlderComments<Comment extends { id: string; canChange: boolean }>(
  latest: () => Conversation<Comment>,
  readBefore: (before: string) => Promise<Conversation<Comment>>,
) {
  const read = shallowRef<Conversation<Comment> & { until: string }>();
  const older = computed(() => (read.value?.until === latest().comments[0]?.id ? read.value : undefined));
  const comments = computed(() => [...(older.value?.comments ?? []), ...latest().comments]);
  const isPending = ref(false);

  async function showOlder(): Promise<void> {
    const [until, known] = [latest().comments[0]!.id, older.value?.comments ?? []];
    isPending.value = true;
    await attempt(async () => {
      const page = await readBefore(comments.value[0]!.id);
      // What is not read again with the ticket is not changed here either.
      const settled = page.comments.map((comment) => ({ ...comment, canChange: false }));
      read.value = { until, comments: [...settled, ...known], olderComments: page.olderComments };
    });
    isPending.value = false;
  }

  return { comments, hasOlder: computed(() => (older.value ?? latest()).olderComments), showOlder, isPending };
}
