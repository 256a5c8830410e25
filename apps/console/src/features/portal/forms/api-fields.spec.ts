import { ApiError } from '@balcao/ui';
import { describe, expect, it } from 'vitest';
import { aboutForm, fieldOfPath } from './api-fields.js';

describe('fields that the API names', () => {
  it.each([
    ['settings.branding.theme.dark.primary', 'primaryDark'],
    ['settings.branding.theme.light.accent', 'accentLight'],
    ['settings.branding.logoUrl', 'logoUrl'],
    ['settings.branding.footerText.en-US', 'footerText-en-US'],
    ['settings.security.lockMinutes', 'lockMinutes'],
    ['settings.tickets.autoCloseDays', 'autoCloseDays'],
    ['settings.invitations.allowedDomains.1', 'allowedDomains'],
    ['name', 'name'],
  ])('%s stands beside %s', (path, field) => {
    expect(fieldOfPath(path)).toBe(field);
  });

  it('keep code, request and text of the refusal', () => {
    const fields = [{ path: 'settings.branding.logoUrl', code: 'isUrl', message: 'Not an address' }];
    const refusal = new ApiError({ status: 400, code: 'validation_failed', requestId: 'r-1', fields });
    expect(aboutForm(refusal)).toMatchObject({
      code: 'validation_failed',
      requestId: 'r-1',
      fields: [{ path: 'logoUrl', message: 'Not an address' }],
    });
  });
});
