import type { Locale } from '@balcao/contracts';
import type { Access } from '@balcao/module-directory';
import type { MessageResponse } from './dto/auth.dto.js';

const MESSAGES = {
  reset_requested: {
    'pt-BR': 'Se este e-mail tiver acesso, enviamos um link para criar uma nova senha.',
    'en-US': 'If this email has access, we have sent a link to set a new password.',
  },
  password_set: {
    'pt-BR': 'Sua nova senha para {access} já vale. Entre com ela.',
    'en-US': 'Your new password for {access} is set. Sign in with it.',
  },
  email_verified: {
    'pt-BR': 'Seu e-mail foi confirmado. Entre na sua conta.',
    'en-US': 'Your email is confirmed. Sign in.',
  },
  verification_requested: {
    'pt-BR': 'Se este e-mail espera confirmação, enviamos um novo link.',
    'en-US': 'If this email awaits confirmation, we have sent a new link.',
  },
} as const satisfies Record<string, Record<Locale, string>>;

/** @param access what a new password opens */
export function messageFor(name: keyof typeof MESSAGES, locale: Locale, access?: Access): MessageResponse {
  const opened = access?.billingAccountName ?? access?.organizationName ?? '';
  return { success: true, message: MESSAGES[name][locale].replace('{access}', () => opened) };
}
