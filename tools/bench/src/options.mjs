// @ts-check
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LauncherError } from '../../launcher/src/errors.mjs';

export const HELP = `npm run bench -- [options]

  --rounds n        how often each measurement is repeated (default 3)
  --seconds n       length of one measurement (default 3)
  --connections n   clients at the same time (default 64)
  --only name       measure only what begins so: branding, list, detail, create, big, sign-in, jobs,
                    uploads, renewals, billing, signups; or invoices, of which there are 1,000,000 then
  --million         1,000,000 tickets in the small organizations instead of 100,000
  --json file       also write everything that was measured
  --baseline file   compare with what --json wrote of an earlier version on this machine
  --check           fail where a target is missed
  --profile folder  also write a CPU profile of the API
  --help            this text
`;

/** @typedef {ReturnType<typeof readOptions>} BenchOptions */

/** @param {string[]} args */
export function readOptions(args) {
  const { values } = parse(args);
  const file = (/** @type {string | undefined} */ path) => (path === undefined ? undefined : resolve(path));
  return {
    rounds: count('rounds', values.rounds, 100),
    seconds: count('seconds', values.seconds, 600),
    connections: count('connections', values.connections, 1_000),
    only: values.only,
    size: sizeOf(values),
    json: file(values.json),
    profile: file(values.profile),
    baseline: file(values.baseline),
    check: values.check,
    help: values.help,
  };
}

/** @param {{ only?: string, million: boolean }} values @returns {import('./data.mjs').Size} */
function sizeOf({ only, million }) {
  // A million invoices take longer to write than to measure, and those who want what billing does want no tickets.
  if (only?.startsWith('invoices')) return { ticketsOfEach: 100, bigTickets: 4_000, invoices: 1_000_000 };
  if (only?.startsWith('billing')) return { ticketsOfEach: 100, bigTickets: 4_000, invoices: 0 };
  return { ticketsOfEach: million ? 1_000 : 100, bigTickets: 300_000, invoices: 0 };
}

/** @param {string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args,
      options: {
        rounds: { type: 'string', default: '3' },
        seconds: { type: 'string', default: '3' },
        connections: { type: 'string', default: '64' },
        only: { type: 'string' },
        million: { type: 'boolean', default: false },
        json: { type: 'string' },
        profile: { type: 'string' },
        baseline: { type: 'string' },
        check: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new LauncherError(error instanceof Error ? error.message : String(error), [
      'The options: npm run bench -- --help',
    ]);
  }
}

/** @param {string} name @param {string} text @param {number} most */
function count(name, text, most) {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= most) return number;
  throw new LauncherError(`--${name} is “${text}”; it can be a whole number from 1 to ${most}.`);
}
