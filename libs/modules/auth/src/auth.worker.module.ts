import { Module } from '@nestjs/common';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { AuthCoreModule } from './auth.core.module.js';
import { AccountLockedMail } from './emails/account-locked.mail.js';
import { EmailChangedMail } from './emails/email-changed.mail.js';
import { EmailVerificationMail } from './emails/email-verification.mail.js';
import { PasswordChangedMail } from './emails/password-changed.mail.js';
import { PasswordResetMail } from './emails/password-reset.mail.js';
import { NewEmailVerification } from './tokens/new-email-verification.js';

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule],
  providers: [
    AccountLockedMail,
    EmailChangedMail,
    EmailVerificationMail,
    NewEmailVerification,
    PasswordChangedMail,
    PasswordResetMail,
  ],
})
export class AuthWorkerModule {}
