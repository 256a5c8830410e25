import type { DomainError } from '@balcao/platform-errors';
import type {
  AddressedTenant,
  AudienceName,
  OrganizationContext,
  OtherPortal,
  Principal,
} from '@balcao/platform-tenancy';

/** What a request offers to prove who sends it. Cookies need CSRF protection, bearer tokens do not. */
export interface Credentials {
  via: 'cookie' | 'bearer';
  token: string;
}

/** Proves who acts. The apps bind it to module auth. */
export abstract class Authenticator {
  /** The session's principal, or undefined where the credentials are not (or no longer) worth anything. */
  abstract authenticate(audience: AudienceName, credentials: Credentials): Promise<Principal | undefined>;

  /** The same, for a look that is no use of the session: it does not live on by it. */
  abstract look(audience: AudienceName, credentials: Credentials): Promise<Principal | undefined>;
}

/** Finds the tenant of an address; `recent`: as it may have been a moment ago. The apps bind it to module directory. */
export abstract class TenantResolver {
  abstract bySlug(slug: string, recent?: boolean): Promise<AddressedTenant | undefined>;
  abstract byHost(host: string, recent?: boolean): Promise<AddressedTenant | undefined>;
  /** Where somebody finds what they look for at an address that is no portal's any more. */
  abstract insteadOf(address: { slug?: string; host?: string }): Promise<OtherPortal | undefined>;
  /** The refusal of a customer whose role their portal does not let in; it names those that do. */
  abstract roleRefusal(context: OrganizationContext, userId: string): Promise<DomainError>;
}
