import { computed, readonly, shallowRef } from 'vue';

/** What time it is in a sandbox organization, where it stands still. */
const standsAt = shallowRef<string | null>(null);

/** Sets what time it is in the organization, as its sessions answer it (`organization.now`): null where the real time passes. */
export function setBusinessTime(now: string | null | undefined): void {
  standsAt.value = now ?? null;
}

/**
 * The time that business goes by, in milliseconds: what is due, overdue, valid, or was three days ago. It ticks where the real
 * time passes, and stands still in a sandbox organization. Sessions, links and drafts go by `Date.now()`.
 */
export const businessNow = (): number => (standsAt.value === null ? Date.now() : Date.parse(standsAt.value));

/** Whether the organization is a sandbox, and what time it is there; follows its clock. */
export function useBusinessTime() {
  return { standsAt: readonly(standsAt), isSandbox: computed(() => standsAt.value !== null) };
}
