import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { InvitationMail } from './emails/invitation.mail.js';

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule],
  providers: [InvitationMail],
})
export class PortalWorkerModule {}
