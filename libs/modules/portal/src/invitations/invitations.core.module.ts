import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { InvitationChecks } from './invitation-checks.js';
import { InvitationLimits } from './invitation-limits.js';
import { InvitationMails } from './invitation-mails.js';
import { InvitationReader } from './invitation-reader.js';
import { InvitationService } from './invitation.service.js';

const SERVICES = [InvitationChecks, InvitationLimits, InvitationMails, InvitationReader, InvitationService];

/** Inviting customers, as requests and the worker do it. */
@Module({ imports: [AuthCoreModule, DirectoryCoreModule], providers: SERVICES, exports: SERVICES })
export class InvitationsCoreModule {}
