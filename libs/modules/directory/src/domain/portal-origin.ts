/** A portal as far as its address goes; a domain counts only once it is verified and leads here. */
export interface AddressablePortal {
  slug: string;
  customDomain: string | null;
  domainLeadsHere: boolean;
}

/** Where a portal is at home, without `/portal`: its domain, else its path on the installation's host, which always answers. */
export function portalOrigin({ slug, customDomain, domainLeadsHere }: AddressablePortal, publicUrl: string): string {
  return customDomain && domainLeadsHere ? `https://${customDomain}` : `${publicUrl}/o/${slug}`;
}

/** Where its visitors begin. */
export const portalHome = (portal: AddressablePortal, publicUrl: string) =>
  `${portalOrigin(portal, publicUrl)}/portal/`;
