import { useMutation, useQueryClient } from '@tanstack/vue-query';
import type { MaybeRefOrGetter } from 'vue';
import { keysOf } from '../api/queries.js';

/**
 * Ways to an application's server state, whose keys begin with its owner.
 *
 * @param useOwner finds the owner, called while a component is set up
 */
export function dataOf(useOwner: () => MaybeRefOrGetter<string | undefined>) {
  /** Makes keys of what was fetched. */
  const useKey = () => keysOf(useOwner());

  /**
   * A change of server state; nothing is shown before the API has agreed. Agreed or not, whatever was fetched under the
   * names is fetched again: a refusal means that somebody else was faster.
   */
  function useChange<Input, Answer>(send: (input: Input) => Promise<Answer>, ...stale: string[]) {
    const client = useQueryClient();
    const key = useKey();
    return useMutation({
      mutationFn: send,
      onSettled: () => Promise.all(stale.map((name) => client.invalidateQueries({ queryKey: key(name).value }))),
    });
  }

  return { useKey, useChange };
}
