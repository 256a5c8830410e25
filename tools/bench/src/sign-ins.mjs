// @ts-check
import { median, p99Of } from './report.mjs';

export const PASSWORD = 'uma senha de medição';
const WRONG_AT_ONCE = 64;

/** @param {string} hash of {@link PASSWORD} */
export const setPasswords = (hash) =>
  `update portal_users set password_hash = '${hash}' where email like 'a-%@bench-2.example'`;

let visitors = 0;

/**
 * Signs in as somebody who comes from an address of their own.
 * @param {string} url
 * @param {string} slug
 * @param {string} email
 * @param {string} password
 */
async function signIn(url, slug, email, password) {
  visitors += 1;
  const address = `10.${(visitors >> 16) & 255}.${(visitors >> 8) & 255}.${visitors & 255}`;
  const answer = await fetch(`${url}/o/${slug}/api/v1/portal/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ email, password }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

/**
 * Right sign-ins at one tenant, one after the other: alone, and while 64 strangers try passwords at another tenant.
 * @param {string} url
 * @param {{ seconds: number, rounds: number }} options
 * @returns {Promise<import('./report.mjs').Samples>}
 */
export async function measureSignIns(url, { seconds, rounds }) {
  /** @type {import('./report.mjs').Samples} */
  const samples = { 'sign-in': [], 'sign-in, storm elsewhere': [] };
  const measure = async (/** @type {string} */ name) => {
    /** @type {number[]} */
    const took = [];
    let errors = 0;
    for (const until = performance.now() + seconds * 1_000; performance.now() < until || took.length < 3;) {
      const began = performance.now();
      const status = await signIn(url, 'bench-2', `a-${1 + (took.length % 20)}@bench-2.example`, PASSWORD);
      if (status !== 200) errors += 1;
      took.push(performance.now() - began);
    }
    const [requestsPerSecond, p99] = [1_000 / median(took), p99Of(took)];
    samples[name]?.push({ requestsPerSecond, p99, nodeCpu: undefined, postgresCpu: undefined, errors, stalls: 0 });
  };
  for (let round = 0; round < rounds; round += 1) {
    await measure('sign-in');
    let raging = true;
    const storm = Array.from({ length: WRONG_AT_ONCE }, async (_, stranger) => {
      while (raging) await signIn(url, 'bench-1', `nobody-${stranger}@nowhere.example`, 'a wrong password');
    });
    await measure('sign-in, storm elsewhere');
    raging = false;
    await Promise.all(storm);
  }
  return samples;
}
