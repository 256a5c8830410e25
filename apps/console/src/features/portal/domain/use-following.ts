import { useQueryClient } from '@tanstack/vue-query';
import { watch } from 'vue';
import { useKey } from '../../../data/keys.js';

/** Reads anew what follows from how a claim stands, once it stands otherwise. */
export function useFollowing(standing: () => unknown, ...names: string[]): void {
  const client = useQueryClient();
  const key = useKey();
  watch(standing, () => names.map((name) => client.invalidateQueries({ queryKey: key(name).value })));
}
