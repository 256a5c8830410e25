// @ts-check
// A process of its own, so that its work does not disturb that of the one which measures.
import autocannon from 'autocannon';

/**
 * @typedef {object} Load
 * @property {string} url origin
 * @property {import('autocannon').Request[]} requests sent in turn by each connection
 * @property {number} [seconds] how long, unless `amount` is given
 * @property {number} [amount] how many requests
 * @property {number} connections
 * @property {number} [rate] requests a second of all together, instead of as many as there are answers
 * @property {number} expectedStatus
 *
 * @typedef {object} LoadResult
 * @property {number} answers as expected
 * @property {number} errors answers with another status, and connections that broke
 * @property {number} stalls requests without an answer within 5 s, and whole seconds without any answer
 * @property {number} seconds
 * @property {number} p99 milliseconds
 */

const ANSWER_WITHIN_SECONDS = 5;

process.on('message', async (/** @type {Load} */ load) => {
  process.send?.(await run(load));
});
// Without its parent there is nothing to do.
process.on('disconnect', () => process.exit(0));

/** @param {Load} load @returns {Promise<LoadResult>} */
async function run({ url, requests, seconds, amount, connections, rate, expectedStatus }) {
  /** @type {number[]} answers of each second */
  const perSecond = [];
  const length = amount === undefined ? { duration: seconds } : { amount };
  const result = await new Promise((/** @type {(result: import('autocannon').Result) => void} */ resolve, reject) => {
    const running = autocannon(
      { url, requests, connections, overallRate: rate, ...length, timeout: ANSWER_WITHIN_SECONDS },
      (/** @type {Error | null} */ error, /** @type {import('autocannon').Result} */ done) =>
        error ? reject(error) : resolve(done),
    );
    const onTick = (/** @type {{ counter: number }} */ { counter }) => perSecond.push(counter);
    // Its types forget that a tick has a count.
    running.on('tick', /** @type {any} */ (onTick));
  });
  // The last tick is that of the end, however short ago the one before it was.
  const idleSeconds = perSecond.slice(0, -1).filter((answers) => answers === 0).length;
  const byStatus = /** @type {Record<string, { count?: number }>} */ (result.statusCodeStats ?? {});
  const answers = byStatus[expectedStatus]?.count ?? 0;
  const all = Object.values(byStatus).reduce((sum, { count = 0 }) => sum + count, 0);
  return {
    answers,
    errors: all - answers + (result.errors - result.timeouts),
    stalls: result.timeouts + idleSeconds,
    seconds: result.duration,
    p99: result.latency.p99,
  };
}
