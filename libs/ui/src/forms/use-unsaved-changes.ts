import { onBeforeUnmount, onMounted, toValue, watch, type MaybeRefOrGetter, type Ref } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocationNormalized } from 'vue-router';
import { confirmLeaving, confirmLoss, losesChanges, noteForm } from './unsaved-changes.js';

/**
 * Asks before changes are lost, whether by a link of the application or by closing the page, and has an ended session
 * wait for them.
 * @param left says when leaving is meant and nobody is asked, as while a form is sent that goes on elsewhere; what it
 * holds may still be refused, and is kept
 * @param sending says while a form is sent that stays where it is: whoever leaves meanwhile waits for what becomes of it,
 * and is asked only about what was refused or typed since
 */
export function useUnsavedChanges(
  dirty: MaybeRefOrGetter<boolean>,
  { left = false, sending = false }: { left?: MaybeRefOrGetter<boolean>; sending?: MaybeRefOrGetter<boolean> } = {},
): void {
  const form = {
    isDirty: () => toValue(dirty),
    isLeft: () => toValue(left),
    settled: async () => {
      const isSending = () => toValue(sending);
      if (isSending()) await new Promise((answered) => watch(isSending, answered, { once: true }));
    },
  };
  const warn = (event: BeforeUnloadEvent) => {
    if (losesChanges(form)) event.preventDefault();
  };
  onMounted(() => {
    noteForm(form, true);
    addEventListener('beforeunload', warn);
  });
  onBeforeUnmount(() => {
    noteForm(form, false);
    removeEventListener('beforeunload', warn);
  });
  // A function of each form's own: the router keeps each one once for a page, and takes it away with the first form that goes.
  onBeforeRouteLeave(() => confirmLeaving());
  onBeforeRouteUpdate((to, from) => isSameForm(to, from) || confirmLeaving());
}

/** Another tab or another record of the same page draws another form; filters and dialogs in the address do not. */
const isSameForm = (to: RouteLocationNormalized, from: RouteLocationNormalized) =>
  to.path === from.path && (to.meta.about ?? []).every((name) => to.query[name] === from.query[name]);

/**
 * Closes a dialog that holds a form, by whatever it was meant to be closed; what was typed and not sent is asked about.
 * @returns what hears that it is to be open or not
 */
export function closingDialog(
  open: Ref<boolean>,
  { dirty, busy, reset }: { dirty: Ref<boolean>; busy: Ref<boolean>; reset?: () => void },
): (isOpen: boolean) => Promise<void> {
  return async (isOpen) => {
    if (!isOpen && dirty.value && !busy.value) {
      if (!(await confirmLoss())) return;
      reset?.();
    }
    open.value = isOpen;
  };
}
