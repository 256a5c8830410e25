import { onScopeDispose, readonly, ref, type Ref } from 'vue';

/** Whether the window is as narrow as a phone's: for what no style sheet can decide. */
export function useIsNarrow(): Readonly<Ref<boolean>> {
  const media = matchMedia('(width < 640px)');
  const isNarrow = ref(media.matches);
  const follow = () => (isNarrow.value = media.matches);
  media.addEventListener('change', follow);
  onScopeDispose(() => media.removeEventListener('change', follow));
  return readonly(isNarrow);
}
