#!/usr/bin/env node
// @ts-check
// npm run mutants [-- --spec pattern] [--only pattern] [--at-once number] [--minutes number] [--anew]
// What was found is kept, so that a run that was ended goes on, and one after a change tries what the change touches.
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { startThrowAwayPostgres } from '../../launcher/src/postgres/throw-away.mjs';
import { THROW_AWAY } from '../../launcher/src/postgres.mjs';
import { EQUIVALENT } from '../src/equivalent.mjs';
import { Findings } from '../src/findings.mjs';
import { endAll, runSpec } from '../src/run-spec.mjs';

const WANTED = 0.9;
const { values: options } = parseArgs({
  options: {
    spec: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
    'at-once': { type: 'string', default: '2' },
    minutes: { type: 'string', default: '180' },
    anew: { type: 'boolean', default: false },
  },
});
const until = Date.now() + Number(options.minutes) * 60_000;
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);
setPriority(10);

const findings = new Findings(new RegExp(options.only), new RegExp(options.spec), options.anew);
const settings = { ...THROW_AWAY, max_connections: 200 };
/** @type {Awaited<ReturnType<typeof startThrowAwayPostgres>>[]} */
const servers = [];
// One after another, since each looks for a port that is free.
for (let n = 0; n < Number(options['at-once']); n += 1)
  servers.push(await startThrowAwayPostgres({ name: 'mutants', settings }));
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    findings.keep();
    endAll();
    void Promise.all(servers.map((server) => server.discard())).then(() => process.exit(1));
  });

/** @param {(server: string) => Promise<boolean>} step does one piece of work; false when there is none left */
const together = (step) =>
  Promise.all(
    servers.map(async (server) => {
      while (Date.now() < until && (await step(server.url())));
    }),
  );

const unmet = findings.specsToMeet();
await together(async (server) => {
  const spec = unmet.shift();
  if (spec === undefined) return false;
  say(`${spec} comes by … (${unmet.length} more)`);
  await runSpec(server, spec, findings, { until, say });
  return true;
});
const trials = [...findings.trials()];
await together(async (server) => {
  const [spec, all] = trials.shift() ?? [];
  if (spec === undefined || all === undefined) return false;
  const left = findings.left(spec, all).length;
  if (left > 0) {
    say(`${spec} is asked of ${left} (${trials.length} more files; ${findings.alive().length} alive)`);
    await runSpec(server, spec, findings, { until, say, trials: all });
  }
  return true;
});
endAll();
const early = findings.ofTheStart();
await together(async (server) => {
  const pair = early.shift();
  if (pair === undefined) return false;
  if (findings.isAlive(pair.id)) await runSpec(server, pair.spec, findings, { until, say, mutant: pair.id });
  return true;
});

findings.keep();
await Promise.all(servers.map((server) => server.discard()));
const { total, killed, folders, alive, notReached } = findings.summary(EQUIVALENT);
for (const id of alive) say(`${notReached.has(id) ? 'no test comes by' : 'survived'}  ${findings.place(id)}`);
for (const [folder, { all, caught }] of folders) say(`${percent(caught, all)}  ${caught}/${all}  ${folder}`);
say(`${percent(killed, total)} of ${total} mutants are caught; wanted are ${WANTED * 100} %.`);
if (Date.now() >= until) say('The time was up: run it again to go on.');
process.exitCode = killed / total >= WANTED && Date.now() < until ? 0 : 1;

/** @param {number} part @param {number} whole */
function percent(part, whole) {
  return `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
}
