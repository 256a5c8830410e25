import { describe, expect, it } from '@jest/globals';
import { defineSettings } from './define-settings.js';

const loans = defineSettings('loans', {
  days: { kind: 'integer', default: 14, min: 1, max: 90, description: 'Days' },
  reminders: { kind: 'switch', default: true, description: 'Reminders' },
});

const shop = defineSettings('shop', {
  greeting: { kind: 'texts', max: 50, default: {}, description: 'Greeting' },
  mail: { kind: 'email', default: null, description: 'Mail' },
});

describe('a section of settings', () => {
  it.each([
    ['nothing', {}, { days: 14, reminders: true }],
    ['another section', { tickets: { days: 3 } }, { days: 14, reminders: true }],
    ['some', { loans: { reminders: false } }, { days: 14, reminders: false }],
    ['nought', { loans: { days: 0 } }, { days: 0, reminders: true }],
    ['what nobody declares any more', { loans: { days: 3, fines: true } }, { days: 3, reminders: true }],
  ])('stored with %s', (_stored, stored, values) => {
    expect(loans.of(stored)).toEqual(values);
  });

  it('has a text, or none, for each language', () => {
    expect(shop.of({})).toEqual({ greeting: { 'pt-BR': null, 'en-US': null }, mail: null });
    expect(shop.of({ shop: { greeting: { 'en-US': 'Hi' } } }).greeting).toEqual({ 'pt-BR': null, 'en-US': 'Hi' });
  });
});
