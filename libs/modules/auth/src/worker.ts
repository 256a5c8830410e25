import { Module } from '@nestjs/common';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { AuthCoreModule } from './auth.core.module.js';
import { ACCESS_MAILS } from './emails/access-mails.js';
import { NewEmailVerification } from './tokens/new-email-verification.js';
import { authPurges } from './auth.purges.js';

export { NewEmailVerification } from './tokens/new-email-verification.js';

@Module({ imports: [AuthCoreModule, DirectoryCoreModule], providers: [...ACCESS_MAILS, NewEmailVerification] })
export class AuthWorkerModule {}

/** What the worker runs of this module. */
export const authWorker = { module: AuthWorkerModule, purges: authPurges };
