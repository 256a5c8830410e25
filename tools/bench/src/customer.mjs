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

/** The first 50 of a customer's tickets. @param {import('./data.mjs').Customer} customer */
export function listOf(customer) {
  return {
    method: /** @type {const} */ ('GET'),
    path: `${pathOf(customer)}?page=1&limit=50`,
    headers: signedIn(customer),
  };
}
