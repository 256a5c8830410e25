import { Module } from '@nestjs/common';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { AuthCoreModule } from './auth.core.module.js';
import { AccountLockedMail } from './emails/account-locked.mail.js';
import { EmailVerificationMail } from './emails/email-verification.mail.js';
import { PasswordChangedMail } from './emails/password-changed.mail.js';
import { PasswordResetMail } from './emails/password-reset.mail.js';

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule],
  providers: [AccountLockedMail, EmailVerificationMail, PasswordChangedMail, PasswordResetMail],
})
export class AuthWorkerModule {}
