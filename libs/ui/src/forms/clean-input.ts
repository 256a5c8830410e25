import { lineOf, linesOf } from '@balcao/contracts';

/** Where one writes a line of words; a password is what it is. */
const LINE = /^(?:text|email|tel|url|search)$/;

/**
 * Takes from what comes into a field what nobody sees of it, before any form reads it: the API refuses that, and nobody
 * could find it to delete it.
 */
export function cleanInput(event: Event): void {
  const { target } = event;
  const isText = target instanceof HTMLTextAreaElement;
  if (!isText && !(target instanceof HTMLInputElement && LINE.test(target.type))) return;
  // What is being composed is the keyboard's until it is done.
  if ((event as InputEvent).isComposing) return;
  const clean = isText ? linesOf : lineOf;
  const { value, selectionStart } = target;
  const cleaned = clean(value);
  if (cleaned === value) return;
  target.value = cleaned;
  if (selectionStart === null) return;
  const caret = clean(value.slice(0, selectionStart)).length;
  target.setSelectionRange(caret, caret);
}
