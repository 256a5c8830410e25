import type { Directive } from 'vue';

/** How a text looks while it is typed or pasted, and where the caret stands then. */
export type Mask = (text: string, caret?: number) => { text: string; caret: number };

const masks = new WeakMap<HTMLElement, Mask | undefined>();

/**
 * Masks what is typed into the input below it, before the field reads it. What a keyboard is still composing is left to it
 * until that is done, or the field is left.
 */
export const vMask: Directive<HTMLElement, Mask | undefined> = {
  beforeMount(element, { value }) {
    masks.set(element, value);
    element.addEventListener('input', write, { capture: true });
    element.addEventListener('compositionend', write, { capture: true });
    element.addEventListener('focusout', write, { capture: true });
  },
  updated(element, { value }) {
    masks.set(element, value);
  },
};

function write(event: Event): void {
  const input = event.target as HTMLInputElement;
  const mask = masks.get(event.currentTarget as HTMLElement);
  if (!mask || input.value === undefined || (event as InputEvent).isComposing) return;
  const { text, caret } = mask(input.value, input.selectionStart ?? undefined);
  if (text === input.value) return;
  input.value = text;
  // Where the field is left, a caret would call the focus back.
  if (event.type !== 'focusout') input.setSelectionRange(caret, caret);
  if (event.type !== 'input') input.dispatchEvent(new Event('input', { bubbles: true }));
}
