import { Module } from '@nestjs/common';
import { AuthHttpModule } from '@balcao/module-auth/http';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { PortalCoreModule } from './portal.core.module.js';
import { GettingStartedController } from './http/getting-started.controller.js';
import { PORTAL_FIRST_STEPS } from './getting-started/portal-first-steps.js';
import { declareFirstSteps } from './getting-started/getting-started.service.js';
import { BrandingController } from './http/branding.controller.js';
import { InvitationAcceptanceController } from './http/invitation-acceptance.controller.js';
import { InvitationImportsController } from './http/invitation-imports.controller.js';
import { InvitationsController } from './http/invitations.controller.js';
import { OrganizationFoundingController } from './http/organization-founding.controller.js';
import { MailSenderController } from './http/mail-sender.controller.js';
import { PortalDomainsController } from './http/portal-domains.controller.js';
import { PortalInvitationsController } from './http/portal-invitations.controller.js';
import { PortalRegisterController } from './http/portal-register.controller.js';
import { PortalVersionsController } from './http/portal-versions.controller.js';
import { PortalPicturesController } from './http/portal-pictures.controller.js';
import { PortalsController } from './http/portals.controller.js';
import { ServedHostsController } from './http/served-hosts.controller.js';
import { StaffInvitationAcceptanceController } from './http/staff-invitation-acceptance.controller.js';
import { StaffInvitationsController } from './http/staff-invitations.controller.js';
import { DomainClaimEntity } from './persistence/domain-claim.entity.js';
import { InvitationEntity } from './persistence/invitation.entity.js';
import { PortalPictureEntity } from './persistence/portal-picture.entity.js';
import { declareSettings } from './http/dto/settings.dto.js';
import { invitationSettings, mailSettings, styleSettings } from './settings/portal-sections.js';

export { portalStylesheet } from './branding/portal-stylesheet.js';
export { brandingFacts } from './http/dto/branding.dto.js';
export { manifestOf } from './http/pages/manifest.js';
export { monogram } from './http/pages/monogram.js';
export { hasPublicArticles, movedTo, pageLocale, portalOf, visitorContext } from './http/pages/portal-visit.js';
export { escapeHtml, initialsIcon, withHead, withStylesheet, type PageMeta } from './http/pages/page-head.js';

@Module({
  imports: [AuthHttpModule, DirectoryCoreModule, PortalCoreModule],
  controllers: [
    BrandingController,
    GettingStartedController,
    InvitationAcceptanceController,
    InvitationImportsController,
    InvitationsController,
    MailSenderController,
    OrganizationFoundingController,
    PortalDomainsController,
    PortalInvitationsController,
    PortalRegisterController,
    PortalVersionsController,
    PortalPicturesController,
    PortalsController,
    ServedHostsController,
    StaffInvitationAcceptanceController,
    StaffInvitationsController,
  ],
})
export class PortalHttpModule {}

/** What the API runs of this module. */
export const portalApi = {
  module: PortalHttpModule,
  settings: [styleSettings, mailSettings, invitationSettings],
  entities: [DomainClaimEntity, InvitationEntity, PortalPictureEntity],
  declareSettings,
  firstSteps: PORTAL_FIRST_STEPS,
  declareFirstSteps,
};
