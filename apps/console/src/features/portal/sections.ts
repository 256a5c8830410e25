/** The parts of a portal's settings, in the order of their tabs. */
export const SECTIONS = ['appearance', 'style', 'features', 'tickets', 'security', 'invitations'] as const;
export type Section = (typeof SECTIONS)[number];
