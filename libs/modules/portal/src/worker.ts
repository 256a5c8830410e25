import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { importPurges } from './invitations/imports/import-purges.js';
import { ImportRunner } from './invitations/imports/import-runner.js';
import { InvitationsCoreModule } from './invitations/invitations.core.module.js';
import { InvitationAskedMail } from './invitations/invitation-asked.mail.js';
import { DnsModule } from '@balcao/platform-dns';
import { DomainCheckHandler } from './domains/domain-check.handler.js';
import { DomainClaims } from './domains/domain-claims.js';
import { DomainLookup } from './domains/domain-lookup.js';
import { DomainLostMail, DomainMissingMail } from './domains/domain.mails.js';
import { DomainReach } from './domains/domain-reach.js';
import { MailRecords } from './domains/mail-records.js';
import { SenderTestMail } from './domains/sender-test.mail.js';
import { DomainsDueHandler } from './domains/domains-due.handler.js';
import { OutboundModule } from '@balcao/platform-outbound';
import { ThreadsModule } from '@balcao/platform-threads';
import { DrawIconsHandler } from './pictures/draw-icons.handler.js';
import { PreparePictureHandler } from './pictures/prepare-picture.handler.js';
import { SweepPicturesHandler } from './pictures/sweep-pictures.handler.js';
import { PortalCoreModule } from './portal.core.module.js';
import { InvitationMail } from './invitations/invitation.mail.js';
import { PortalMailBranding } from './branding/portal-mail-branding.js';
import { StaffInvitationMail } from './invitations/staff-invitation.mail.js';
import { DomainClaimEntity } from './persistence/domain-claim.entity.js';
import { InvitationEntity } from './persistence/invitation.entity.js';
import { PortalPictureEntity } from './persistence/portal-picture.entity.js';

export { ImportRunner } from './invitations/imports/import-runner.js';

@Module({
  imports: [
    AuthCoreModule,
    DirectoryCoreModule,
    DnsModule,
    InvitationsCoreModule,
    OutboundModule,
    PortalCoreModule,
    ThreadsModule,
  ],
  providers: [
    DomainCheckHandler,
    DomainClaims,
    DomainLookup,
    DomainLostMail,
    DomainMissingMail,
    DomainReach,
    DomainsDueHandler,
    DrawIconsHandler,
    ImportRunner,
    InvitationAskedMail,
    InvitationMail,
    MailRecords,
    PortalMailBranding,
    PreparePictureHandler,
    SenderTestMail,
    StaffInvitationMail,
    SweepPicturesHandler,
  ],
})
export class PortalWorkerModule {}

export { DrawIconsHandler } from './pictures/draw-icons.handler.js';
export { PreparePictureHandler } from './pictures/prepare-picture.handler.js';
export { SweepPicturesHandler } from './pictures/sweep-pictures.handler.js';

/** What the worker runs of this module. */
export const portalWorker = {
  module: PortalWorkerModule,
  entities: [DomainClaimEntity, InvitationEntity, PortalPictureEntity],
  purges: importPurges,
};
