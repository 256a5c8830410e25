import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanInput } from './clean-input.js';

beforeAll(() => addEventListener('input', cleanInput, { capture: true }));
afterAll(() => removeEventListener('input', cleanInput, { capture: true }));

/** What a form reads of a field into which something was pasted, and where one goes on writing. */
function pasted(tag: 'input' | 'textarea', text: string, { type = 'text', caret = text.length, ...event } = {}) {
  const field = document.createElement(tag);
  if (field instanceof HTMLInputElement) field.type = type;
  document.body.append(field);
  let read = '';
  field.addEventListener('input', () => (read = field.value));
  field.value = text;
  if (type === 'text') field.setSelectionRange(caret, caret);
  field.dispatchEvent(new InputEvent('input', { bubbles: true, ...event }));
  return { read, caret: field.selectionStart };
}

describe('what comes into a field', () => {
  it.each(['text', 'email', 'tel', 'url', 'search'])('of one line (%s) is a line without what nobody sees', (type) => {
    expect(pasted('input', 'Pedido\t42\u200e\ufeff', { type }).read).toBe('Pedido 42');
  });

  it('leaves the caret where it was in the words', () => {
    expect(pasted('input', '\u202a+55 11\u202c fim', { caret: 8 })).toEqual({ read: '+55 11 fim', caret: 6 });
    expect(pasted('input', 'como está', { caret: 2 })).toEqual({ read: 'como está', caret: 2 });
  });

  it('of several lines keeps them', () => {
    expect(pasted('textarea', 'um\n\tdois\ftrês').read).toBe('um\n\tdois\ntrês');
  });

  it('is left alone in a password, and while it is composed', () => {
    expect(pasted('input', 'pão\u200b', { type: 'password' }).read).toBe('pão\u200b');
    expect(pasted('input', 'に\u200b', { isComposing: true } as never).read).toBe('に\u200b');
  });
});
