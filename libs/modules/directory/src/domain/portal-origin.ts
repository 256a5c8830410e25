/** A portal as far as its address goes; a domain counts only once it is verified. */
export interface AddressablePortal {
  slug: string;
  customDomain: string | null;
  domainVerified: boolean;
}

/** Where a portal is at home, without `/portal`: its verified domain, else its path on the installation's host. */
export function portalOrigin({ slug, customDomain, domainVerified }: AddressablePortal, publicUrl: string): string {
  return customDomain && domainVerified ? `https://${customDomain}` : `${publicUrl}/o/${slug}`;
}

/** Where its visitors begin. */
export const portalHome = (portal: AddressablePortal, publicUrl: string) =>
  `${portalOrigin(portal, publicUrl)}/portal/`;
