import { ApiError } from '@balcao/ui';
import { onMounted, ref, shallowRef } from 'vue';
import { useOrganizationZone } from './data/organization-days.js';

/** Why a link opens nothing; *elsewhere* where it was opened in another browser. */
export type DeadReason = 'unknown' | 'revoked' | 'expired' | 'elsewhere';

/** What a link is of, for whoever has it: it is read once the page is there, on the days and at the hours of its organization. */
export function useOpenedLink<Thing>(options: {
  /** What the codes begin with by which the API refuses a link. */
  refusal: `${string}_link`;
  read: () => Promise<{ timeZone: string; thing: Thing }>;
  /** Whether the link itself is not in this browser. */
  isElsewhere?: boolean;
}) {
  const { refusal, read, isElsewhere = false } = options;
  const goByZone = useOrganizationZone();
  const pending = ref(true);
  const thing = shallowRef<Thing>();
  const problem = shallowRef<unknown>();
  const dead = ref<DeadReason | undefined>(isElsewhere ? 'elsewhere' : undefined);
  const REFUSAL = new RegExp(`^${refusal}_(unknown|revoked|expired)$`);

  async function open(): Promise<void> {
    if (isElsewhere) return;
    pending.value = true;
    problem.value = undefined;
    try {
      const answer = await read();
      goByZone(answer.timeZone);
      thing.value = answer.thing;
    } catch (error) {
      const [, reason] = (error instanceof ApiError && REFUSAL.exec(error.code)) || [];
      dead.value = reason as DeadReason | undefined;
      problem.value = error;
    } finally {
      pending.value = false;
    }
  }
  onMounted(open);

  return { pending, thing, problem, dead, open };
}
