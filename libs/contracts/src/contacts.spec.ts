import { describe, expect, it } from '@jest/globals';
import { contactsOf } from './contacts.js';

describe('contacts of a portal', () => {
  it('are those that it names, the telephone first', () => {
    expect(contactsOf({ supportEmail: 'a%b@aurora.example', supportPhone: '+55 (11) 4000-0000' })).toEqual([
      { kind: 'phone', text: '+55 (11) 4000-0000', href: 'tel:+551140000000' },
      { kind: 'email', text: 'a%b@aurora.example', href: 'mailto:a%25b@aurora.example' },
    ]);
  });

  it.each([undefined, {}, { supportPhone: null, supportEmail: '' }])('are none of %j', (branding) => {
    expect(contactsOf(branding)).toEqual([]);
  });
});
