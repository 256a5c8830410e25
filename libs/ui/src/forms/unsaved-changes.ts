import { confirm } from '../feedback/confirm.js';
import { translate } from '../i18n/i18n.js';

/** Of each form on the page: whether it holds what was not saved, whether leaving it is meant, and when what it sends has an answer. */
interface OpenForm {
  isDirty: () => boolean;
  isLeft: () => boolean;
  settled: () => Promise<unknown>;
}
const forms = new Set<OpenForm>();
/** The person has agreed to lose the changes of the forms that are open. */
let agreed = false;

/** A form comes on the page or goes: what was agreed to before is not about the forms of now. */
export function noteForm(form: OpenForm, isThere: boolean): void {
  agreed = false;
  if (isThere) forms.add(form);
  else forms.delete(form);
}

const isLost = ({ isDirty, isLeft }: OpenForm) => isDirty() && !isLeft();

/** Whether closing the page loses what a form holds. */
export const losesChanges = (form: OpenForm): boolean => isLost(form) && !agreed;

/** Whether there is anything on the page that was not saved, and not agreed to be lost. */
export const hasUnsavedChanges = (): boolean => !agreed && [...forms].some(({ isDirty }) => isDirty());

/** The person has agreed to lose it. */
export const forgetUnsavedChanges = (): void => void (agreed = true);

/** Whether nothing would be lost, or the person agrees to lose it. Ask before signing out, too. */
export async function confirmLeaving(): Promise<boolean> {
  await Promise.all([...forms].map(({ settled }) => settled()));
  if (agreed || ![...forms].some(isLost)) return true;
  agreed = await confirmLoss();
  return agreed;
}

/** Asks whether what was typed may be lost. */
export const confirmLoss = (): Promise<boolean> =>
  confirm({
    title: translate('ui.unsaved.title'),
    description: translate('ui.unsaved.description'),
    confirmLabel: translate('ui.unsaved.leave'),
    cancelLabel: translate('ui.unsaved.stay'),
    tone: 'keep',
  });
