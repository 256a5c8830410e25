const ORGANIZATION_BASE = /^\/o\/[^/]+(?=\/)/;

/** The part of the address that names the portal: `/o/{slug}`, or nothing where its host does. */
export const base = ORGANIZATION_BASE.exec(location.pathname)?.[0] ?? '';
