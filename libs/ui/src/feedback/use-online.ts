import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue';

/** Whether the browser believes that it is connected. */
export function useOnline(): Readonly<Ref<boolean>> {
  const online = ref(navigator.onLine);
  const update = () => (online.value = navigator.onLine);
  onMounted(() => {
    addEventListener('online', update);
    addEventListener('offline', update);
  });
  onBeforeUnmount(() => {
    removeEventListener('online', update);
    removeEventListener('offline', update);
  });
  return online;
}
