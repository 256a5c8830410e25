import { ApiError } from '@balcao/ui';
import { describe, expect, it } from 'vitest';
import { aboutForm, fieldOfPath } from './api-fields.js';

describe('fields that the API names', () => {
  it.each([
    ['branding.theme.dark.primary', 'primaryDark'],
    ['branding.theme.light.accent', 'accentLight'],
    ['branding.logoUrl', 'logoUrl'],
    ['settings.security.lockMinutes', 'lockMinutes'],
    ['settings.tickets.autoCloseDays', 'autoCloseDays'],
    ['allowedInvitationDomains.1', 'allowedInvitationDomains'],
    ['name', 'name'],
  ])('%s stands beside %s', (path, field) => {
    expect(fieldOfPath(path)).toBe(field);
  });

  it('keep code, request and text of the refusal', () => {
    const fields = [{ path: 'branding.logoUrl', code: 'isUrl', message: 'Not an address' }];
    const refusal = new ApiError({ status: 400, code: 'validation_failed', requestId: 'r-1', fields });
    expect(aboutForm(refusal)).toMatchObject({
      code: 'validation_failed',
      requestId: 'r-1',
      fields: [{ path: 'logoUrl', message: 'Not an address' }],
    });
  });
});
