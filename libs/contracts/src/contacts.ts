/** What a portal says of where its customers turn to. */
interface Reachable {
  supportPhone?: string | null;
  supportEmail?: string | null;
}

/** A way to whoever helps: as it is read, and where a link of it leads. */
export interface Contact {
  kind: 'phone' | 'email';
  text: string;
  href: string;
}

/** The ways there are, in the order that they stand in everywhere; hours and the like only matter where there is one. */
export function contactsOf({ supportPhone: phone, supportEmail: email }: Reachable = {}): Contact[] {
  return [
    // What a phone can dial of a number as people write it.
    ...(phone ? [{ kind: 'phone' as const, text: phone, href: `tel:${phone.replace(/[^\d+]/g, '')}` }] : []),
    ...(email ? [{ kind: 'email' as const, text: email, href: `mailto:${encodeURI(email)}` }] : []),
  ];
}
