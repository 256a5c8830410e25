import { onBeforeUnmount, ref, type Ref } from 'vue';

/** Whether the window fits a media query now. */
export function useMediaQuery(query: string): Readonly<Ref<boolean>> {
  const media = matchMedia(query);
  const matches = ref(media.matches);
  const update = () => (matches.value = media.matches);
  media.addEventListener('change', update);
  onBeforeUnmount(() => media.removeEventListener('change', update));
  return matches;
}
