import { onBeforeUnmount, onMounted, toValue, type MaybeRefOrGetter } from 'vue';
import { onBeforeRouteLeave } from 'vue-router';
import { translate } from '../i18n/i18n.js';
import { confirm } from '../feedback/confirm.js';

/** Asks before changes are lost, whether by a link of the application or by closing the page. */
export function useUnsavedChanges(dirty: MaybeRefOrGetter<boolean>): void {
  const warn = (event: BeforeUnloadEvent) => {
    if (toValue(dirty)) event.preventDefault();
  };
  onMounted(() => addEventListener('beforeunload', warn));
  onBeforeUnmount(() => removeEventListener('beforeunload', warn));
  onBeforeRouteLeave(async () => {
    if (!toValue(dirty)) return true;
    return confirm({
      title: translate('ui.unsaved.title'),
      description: translate('ui.unsaved.description'),
      confirmLabel: translate('ui.unsaved.leave'),
      cancelLabel: translate('ui.unsaved.stay'),
    });
  });
}
