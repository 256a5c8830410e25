import { useMutation, useQueryClient } from '@tanstack/vue-query';
import { useSessionStore } from '../stores/session.js';

/**
 * A change of server state. When it succeeded, whatever was fetched under the names is fetched again; nothing is
 * shown before the API has agreed.
 */
export function useChange<Input, Answer>(send: (input: Input) => Promise<Answer>, ...stale: string[]) {
  const client = useQueryClient();
  const session = useSessionStore();
  return useMutation({
    mutationFn: send,
    onSuccess: () =>
      Promise.all(stale.map((name) => client.invalidateQueries({ queryKey: [session.me?.organization.id, name] }))),
  });
}
