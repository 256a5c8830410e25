import { localized, type Locale, type Localized } from '@balcao/contracts';
import type { OrganizationContext } from '@balcao/platform-tenancy';
import type { Theme } from '@balcao/theming';

/** In whose name and colours a mail goes out. */
export interface MailBrand {
  organizationName: string;
  /** Whether the organization is for trying things out: the mail says so, before anything else. */
  isSandbox?: boolean;
  /** Whom a mail comes from, where that is not the organization's name. */
  senderName?: string | null;
  /** Where answers go instead of to whom the footer names. */
  replyTo?: string | null;
  theme: Theme;
  /** An http(s) address; shown above the text. */
  logoUrl?: string | null;
  /** The same for readers on dark ground. */
  logoDarkUrl?: string | null;
  /** Where answers go, and whom the footer names for help. */
  supportEmail?: string | null;
  supportPhone?: string | null;
  supportHours?: Localized;
  footerText?: Localized;
  /** Whether the footer names Balcão. */
  showBalcaoMark?: boolean;
  /** Languages that the portal speaks to its customers; all of them where absent. */
  languages?: readonly Locale[];
  /** For whoever prefers none of them. */
  defaultLocale?: Locale;
}

/** Whom the mails of an organization come from, instead of the installation. */
export interface MailSender {
  address: string;
  /** Whether what cannot be delivered goes back to it: receivers let our server send for its domain. */
  takesReturns?: boolean;
  /** The key of its domain that receivers find. */
  dkim?: { domainName: string; keySelector: string; privateKey: string };
}

/** What a mail in a language says of the brand's texts. */
export const said = (text: Localized = {}, { defaultLocale }: MailBrand, locale: Locale): string | undefined =>
  localized(text, locale, defaultLocale ?? locale)?.text;

/**
 * Knows the brand of portals. The worker's module that owns portals provides it, under any token: it is found by its
 * class. Without one, mails carry the organization's name and Balcão's own colours.
 */
export abstract class MailBranding {
  /** @param portalId the organization's default portal where absent */
  abstract load(context: OrganizationContext, portalId: string | undefined): Promise<MailBrand>;

  /** Asked as each mail leaves: an address that was given up a moment ago is used no more. */
  async sender(_context: OrganizationContext): Promise<MailSender | undefined> {
    return undefined;
  }
}
