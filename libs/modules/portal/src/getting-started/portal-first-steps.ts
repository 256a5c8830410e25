import {
  brandingSettings,
  countUpTo,
  type FirstStep,
  type PortalBranding,
  type WaitingStep,
} from '@balcao/module-directory';
import { PortalEntity } from '@balcao/module-directory/entities';
import { sql } from '@balcao/platform-tenancy';
import { defaultTheme, hslToHex } from '@balcao/theming';
import { standing } from '../domains/domain-claims.js';
import { addressOf, sends } from '../domains/own-sender.js';
import { DomainClaimEntity } from '../persistence/domain-claim.entity.js';

/** Whether anything of it is the tenant's own: a picture, or another colour than every new portal has. */
export const isBranded = ({ logoUrl, logoDarkUrl, faviconUrl, theme }: PortalBranding): boolean =>
  [logoUrl, logoDarkUrl, faviconUrl].some(Boolean) ||
  // A form sends back what it showed, in its own notation.
  hslToHex(theme.light.primary) !== hslToHex(defaultTheme.light.primary) ||
  hslToHex(theme.dark.primary) !== hslToHex(defaultTheme.dark.primary);

export const PORTAL_FIRST_STEPS: readonly FirstStep[] = [
  {
    name: 'brand',
    count: async (db) => {
      const portals = await db.repository(PortalEntity).find({ select: { settings: true }, take: 100 });
      return portals.filter(({ settings }) => isBranded(brandingSettings.of(settings))).length;
    },
  },
  {
    name: 'domain',
    count: (db) =>
      countUpTo(
        db,
        sql`select 1 from domain_claims c
          where ${db.tenant('c')} and c.purpose = 'portal' and c.verified_at is not null and c.leads_here`,
      ),
    // The main portal's before another's, the one claimed last before earlier ones.
    waiting: async (db) =>
      (await db.first<WaitingStep>(sql`
        select c.domain as name, c.portal_id as "portalId"
        from domain_claims c join portals p on p.organization_id = c.organization_id and p.id = c.portal_id
        where ${db.tenant('c')} and c.purpose = 'portal' and c.released_at is null and p.status = 'active'
        order by p.is_default desc, c.waiting_since desc, c.id limit 1`)) ?? null,
  },
  {
    name: 'sender',
    count: async (db) => {
      const claims = await db.repository(DomainClaimEntity).find({ where: { purpose: 'mail' } });
      return claims.filter(sends).length;
    },
    waiting: async (db) => {
      const claim = await db.repository(DomainClaimEntity).findOneBy(standing({ purpose: 'mail' }));
      return claim && { name: addressOf(claim), portalId: null };
    },
  },
  {
    name: 'invitation',
    count: (db) => countUpTo(db, sql`select 1 from invitations i where ${db.tenant('i')}`),
  },
];
