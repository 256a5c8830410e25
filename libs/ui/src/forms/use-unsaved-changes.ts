import { onBeforeUnmount, onMounted, toValue, type MaybeRefOrGetter, type Ref } from 'vue';
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocationNormalized } from 'vue-router';
import { confirm } from '../feedback/confirm.js';
import { translate } from '../i18n/i18n.js';

/** Of each form on the page: whether it holds what was not saved, and whether leaving it is meant. */
interface OpenForm {
  isDirty: () => boolean;
  isLeft: () => boolean;
}
const forms = new Set<OpenForm>();
/** The person has agreed to lose the changes of the forms that are open. */
let agreed = false;

/**
 * Asks before changes are lost, whether by a link of the application or by closing the page, and has an ended session
 * wait for them.
 * @param left says when leaving is meant and nobody is asked, as while a form is sent that goes on elsewhere; what it
 * holds may still be refused, and is kept
 */
export function useUnsavedChanges(dirty: MaybeRefOrGetter<boolean>, left: MaybeRefOrGetter<boolean> = false): void {
  const form = { isDirty: () => toValue(dirty), isLeft: () => toValue(left) };
  const warn = (event: BeforeUnloadEvent) => {
    if (isLost(form) && !agreed) event.preventDefault();
  };
  onMounted(() => {
    agreed = false;
    forms.add(form);
    addEventListener('beforeunload', warn);
  });
  onBeforeUnmount(() => {
    forms.delete(form);
    agreed = false;
    removeEventListener('beforeunload', warn);
  });
  // A function of each form's own: the router keeps each one once for a page, and takes it away with the first form that goes.
  onBeforeRouteLeave(() => confirmLeaving());
  onBeforeRouteUpdate((to, from) => isSameForm(to, from) || confirmLeaving());
}

/** Another tab or another record of the same page draws another form; filters and dialogs in the address do not. */
const isSameForm = (to: RouteLocationNormalized, from: RouteLocationNormalized) =>
  to.path === from.path && (to.meta.about ?? []).every((name) => to.query[name] === from.query[name]);

const isLost = ({ isDirty, isLeft }: OpenForm) => isDirty() && !isLeft();

/** Whether there is anything on the page that was not saved, and not agreed to be lost. */
export const hasUnsavedChanges = (): boolean => !agreed && [...forms].some(({ isDirty }) => isDirty());

/** The person has agreed to lose it. */
export const forgetUnsavedChanges = (): void => void (agreed = true);

/** Whether nothing would be lost, or the person agrees to lose it. Ask before signing out, too. */
export async function confirmLeaving(): Promise<boolean> {
  if (agreed || ![...forms].some(isLost)) return true;
  agreed = await confirmLoss();
  return agreed;
}

const confirmLoss = () =>
  confirm({
    title: translate('ui.unsaved.title'),
    description: translate('ui.unsaved.description'),
    confirmLabel: translate('ui.unsaved.leave'),
    cancelLabel: translate('ui.unsaved.stay'),
    tone: 'keep',
  });

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
