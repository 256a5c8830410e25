import type { PortalPermission, StaffRole } from '@balcao/contracts';
import type { PortalBranding, PortalFeatures } from '@balcao/module-directory';
import type { PortalUserStatus } from '@balcao/module-directory/entities';

export interface DemoUser {
  email: string;
  name: string;
  role: string;
  status?: PortalUserStatus;
  ssoOnly?: boolean;
}

export interface DemoAccount {
  name: string;
  legalName: string;
  taxId: string;
  externalId: string;
  email: string;
  phone: string;
  users: DemoUser[];
}

/** One organization of the demo, as SPEC part 5 lists it. */
export interface DemoOrganization {
  slug: string;
  name: string;
  branding: Partial<PortalBranding>;
  features: Partial<PortalFeatures>;
  roles: { name: string; isDefault?: boolean; permissions: PortalPermission[] }[];
  staff: { email: string; name: string; role: StaffRole }[];
  accounts: DemoAccount[];
}
