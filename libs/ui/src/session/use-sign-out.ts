import { useRouter } from 'vue-router';
import { attempt } from '../feedback/attempt.js';
import { confirmLeaving } from '../forms/unsaved-changes.js';

/** Signs out on purpose, unless something would be lost that the person wants to keep. */
export function useSignOut(end: () => Promise<unknown>, login = 'login'): () => Promise<void> {
  const router = useRouter();
  return async () => {
    if ((await confirmLeaving()) && (await attempt(end))) await router.push({ name: login });
  };
}
