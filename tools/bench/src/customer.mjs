// @ts-check
// How a customer's requests are made.

/** @param {import('./data.mjs').Customer} customer */
export function pathOf({ slug }) {
  return `/o/${slug}/api/v1/portal/tickets`;
}

/** @param {import('./data.mjs').Customer} customer @returns {Record<string, string>} */
export function signedIn({ token }) {
  return { authorization: `Bearer ${token}` };
}
