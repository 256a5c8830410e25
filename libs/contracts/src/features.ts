/** Switches of a portal. A route that names one answers 403 with its code while it is off. */
export const PORTAL_FEATURES = {
  tickets: 'PORTAL_TICKETS_DISABLED',
  passwordReset: 'PORTAL_PASSWORD_RESET_DISABLED',
  invitations: 'PORTAL_INVITATIONS_DISABLED',
  knowledgeBase: 'PORTAL_KNOWLEDGE_BASE_DISABLED',
  billing: 'PORTAL_BILLING_DISABLED',
  billCheck: 'PORTAL_BILL_CHECK_DISABLED',
  secondCopy: 'PORTAL_SECOND_COPY_DISABLED',
  publicArticles: 'PORTAL_PUBLIC_ARTICLES_DISABLED',
} as const;

export type PortalFeature = keyof typeof PORTAL_FEATURES;

/** As every portal begins. */
export const ALL_FEATURES = Object.fromEntries(Object.keys(PORTAL_FEATURES).map((name) => [name, true])) as Record<
  PortalFeature,
  true
>;
