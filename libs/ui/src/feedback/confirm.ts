import { shallowRef } from 'vue';

export interface ConfirmOptions {
  /** Names the object: "Cancelar o convite de Bruno?" */
  title: string;
  /** The consequence and, where there is one, the date. */
  description: string;
  /** What happens, not "OK". */
  confirmLabel: string;
  cancelLabel?: string;
  /** `danger` for what cannot be undone; `keep` where the way back is what most people want, and loses nothing. */
  tone?: 'primary' | 'danger' | 'keep';
}

interface Question extends ConfirmOptions {
  answer: (yes: boolean) => void;
}

/** The question that `ConfirmDialog` shows. */
export const question = shallowRef<Question>();

/** Asks and waits for the answer; one question at a time. */
export function confirm(options: ConfirmOptions): Promise<boolean> {
  question.value?.answer(false);
  return new Promise((resolve) => {
    question.value = {
      ...options,
      answer: (yes) => {
        question.value = undefined;
        resolve(yes);
      },
    };
  });
}
