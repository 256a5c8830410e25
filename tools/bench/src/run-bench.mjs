// @ts-check
import { deepStrictEqual } from 'node:assert';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { step } from '../../launcher/src/progress.mjs';
import { cpuOf, cpuOfFamily, memoryOf } from './cpu.mjs';
import { BIG_QUERIES } from './big-queries.mjs';
import { measureBilling } from './billing.mjs';
import { listOf, pathOf, signedIn } from './customer.mjs';
import { COMMENTS_OF_EACH } from './data.mjs';
import { invoiceMeasurements } from './invoices.mjs';
import { measureJobs } from './jobs.mjs';
import { describe, missedTargets } from './report.mjs';
import { measureRenewals } from './renewals.mjs';
import { measureSignIns } from './sign-ins.mjs';
import { measureSignups } from './signups.mjs';
import { measureUploads } from './uploads.mjs';
import { WorldKeeper } from './world.mjs';

const LOAD_GENERATOR = fileURLToPath(new URL('load-generator.mjs', import.meta.url));
/** So many requests of each kind it takes until Node has compiled what they use, however busy the machine is. */
const WARM_UP_REQUESTS = 3_000;

/**
 * @typedef {object} Measurement
 * @property {string} name
 * @property {'product' | 'bare'} server
 * @property {import('autocannon').Request[]} requests
 * @property {number} status
 * @property {number} [connections] instead of those that are wished
 */

/**
 * @param {import('../../launcher/src/paths.mjs').Places} places
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./options.mjs').BenchOptions} options
 * @returns {Promise<number>} the exit code
 */
export async function runBench(places, env, options) {
  const keeper = new WorldKeeper();
  const generator = fork(LOAD_GENERATOR);
  let interrupted = false;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () => {
      interrupted = true;
      generator.kill();
    });
  }
  try {
    const world = await keeper.start(places, env, options);
    const isWanted = (/** @type {string} */ name) => options.only === undefined || name.startsWith(options.only);
    const all = [...(await measurementsIn(world, options.size)), ...(await invoiceMeasurements(world, sameAnswers))];
    const measurements = all.filter(({ name }) => isWanted(name));
    /** @type {import('./report.mjs').Samples} */
    const samples = {};
    const { seconds, connections } = options;
    const measure = (
      /** @type {Measurement} */ measurement,
      /** @type {{ seconds?: number, amount?: number }} */ length,
    ) => sample(world, measurement, generator, { connections: measurement.connections ?? connections, ...length });
    await step('Warming up', async () => {
      for (const measurement of measurements)
        await measure(measurement, { amount: measurement.connections === undefined ? WARM_UP_REQUESTS : 50 });
    });
    for (let round = 1; round <= options.rounds; round += 1) {
      await step(`Round ${round} of ${options.rounds}`, async () => {
        for (const measurement of measurements) {
          (samples[measurement.name] ??= []).push(await measure(measurement, { seconds }));
        }
      });
    }
    if (isWanted('sign-in')) {
      const measured = await step('Signing in', () => measureSignIns(world.product.url, options));
      Object.assign(samples, measured);
    }
    /** @type {import('./report.mjs').Figures} */
    const figures = {
      API: { startedInMs: world.product.startedInMs, memoryMb: memoryOf(world.product.pid) },
    };
    if (isWanted('jobs')) {
      const { url } = world.product;
      const { databaseUrl, data } = world;
      const jobs = await step('Carrying out jobs', () =>
        measureJobs({ url, databaseUrl, writer: data.writer, startWorker: world.startWorker }),
      );
      const { pid, startedInMs, ...measured } = jobs;
      Object.assign(figures, { worker: { startedInMs, memoryMb: memoryOf(pid) } }, measured);
    }
    if (isWanted('uploads')) {
      const { product, databaseUrl, data } = world;
      figures.uploadMb = await step('Taking pictures', () =>
        measureUploads({ product, databaseUrl, side: data.small }),
      );
    }
    if (isWanted('renewals'))
      figures.renewals = await step('Renewing subscriptions', () =>
        measureRenewals(world, (load) => generate(generator, load)),
      );
    if (isWanted('billing')) figures.billing = await step('Billing', () => measureBilling(world));
    if (isWanted('signups')) figures.signups = await step('Signing companies up', () => measureSignups(world));
    if (options.baseline !== undefined) {
      const { create } = JSON.parse(readFileSync(options.baseline, 'utf8')).samples;
      if (create !== undefined && samples['create'] !== undefined) samples['create, baseline'] = create;
    }
    return report(samples, figures, options);
  } catch (error) {
    if (interrupted) return 130;
    throw error;
  } finally {
    generator.kill();
    await keeper.stop();
  }
}

/**
 * What is measured, in the order of a round: what is compared stands side by side.
 * @param {import('./world.mjs').World} world
 * @param {import('./data.mjs').Size} size
 * @returns {Promise<Measurement[]>}
 */
async function measurementsIn({ product, bare, data }, { ticketsOfEach }) {
  const { readers, writer } = data;
  const [reader] = readers;
  if (reader === undefined) throw new Error('Nobody reads');
  const list = listOf(reader);
  const detail = { ...list, path: `${pathOf(reader)}/${reader.ticketId}` };
  const etag = await sameAnswers(product.url, bare.url, list, (body) => {
    deepStrictEqual([body.data.length, body.pagination.total], [50, ticketsOfEach]);
  });
  await sameAnswers(product.url, bare.url, detail, (body) => {
    deepStrictEqual(body.ticket.comments.length, COMMENTS_OF_EACH);
  });
  const unchanged = { ...list, headers: { ...list.headers, 'if-none-match': etag } };
  const listOfEach = readers.map(listOf);
  const create = {
    method: /** @type {const} */ ('POST'),
    path: pathOf(writer),
    headers: { ...signedIn(writer), 'content-type': 'application/json' },
    body: JSON.stringify({
      subject: 'Sem conexão desde ontem',
      description: 'Nenhum aparelho da loja conecta. '.repeat(4),
    }),
  };
  const branding = { method: /** @type {const} */ ('GET'), path: list.path.replace(/tickets.*/, 'branding') };
  const keys = { ...branding, path: '/.well-known/jwks.json' };
  return [
    { name: 'branding', server: 'product', requests: [branding], status: 200 },
    { name: 'branding, keys', server: 'product', requests: [keys], status: 200 },
    { name: 'list 304', server: 'product', requests: [unchanged], status: 304 },
    { name: 'list', server: 'product', requests: [list], status: 200 },
    { name: 'list, bare', server: 'bare', requests: [list], status: 200 },
    { name: 'list, best', server: 'bare', requests: [{ ...list, path: `/best${list.path}` }], status: 200 },
    { name: 'list of 50', server: 'product', requests: listOfEach, status: 200 },
    { name: 'list of 50, bare', server: 'bare', requests: listOfEach, status: 200 },
    { name: 'detail', server: 'product', requests: [detail], status: 200 },
    { name: 'detail, bare', server: 'bare', requests: [detail], status: 200 },
    { name: 'create', server: 'product', requests: [create], status: 201 },
    ...Object.entries(BIG_QUERIES).flatMap(([name, query]) =>
      /** @type {const} */ (['small', 'big']).map((side) => ({
        name: `${name}, ${side}`,
        server: /** @type {const} */ ('product'),
        requests: [query(data[side])],
        status: 200,
        connections: 4,
      })),
    ),
  ];
}

/**
 * Makes sure that both servers say the same, so that they are compared doing the same.
 * @param {string} productUrl
 * @param {string} bareUrl
 * @param {{ path: string, headers: Record<string, string> }} request
 * @param {(body: any) => void} demand
 * @returns {Promise<string>} the product's ETag
 */
async function sameAnswers(productUrl, bareUrl, { path, headers }, demand) {
  const answer = await fetch(productUrl + path, { headers });
  const body = await answer.json();
  demand(body);
  const bareAnswer = await fetch(bareUrl + path, { headers });
  deepStrictEqual(await bareAnswer.json(), body, 'The bare server answers something else: bring it up to date');
  return answer.headers.get('etag') ?? '';
}

/**
 * @param {import('./world.mjs').World} world
 * @param {Measurement} measurement
 * @param {import('node:child_process').ChildProcess} generator
 * @param {{ seconds?: number, amount?: number, connections: number }} load
 * @returns {Promise<import('./report.mjs').Sample>}
 */
async function sample(world, { server, requests, status }, generator, load) {
  const { url, pid } = world[server];
  const nodeBefore = cpuOf(pid);
  const postgresBefore = cpuOfFamily(world.postgresPid);
  const result = await generate(generator, { url, requests, expectedStatus: status, ...load });
  const perRequest = (/** @type {number | undefined} */ before, /** @type {number | undefined} */ after) =>
    before === undefined || after === undefined ? undefined : (after - before) / Math.max(1, result.answers);
  return {
    requestsPerSecond: result.answers / result.seconds,
    p99: result.p99,
    nodeCpu: perRequest(nodeBefore, cpuOf(pid)),
    postgresCpu: perRequest(postgresBefore, cpuOfFamily(world.postgresPid)),
    errors: result.errors,
    stalls: result.stalls,
  };
}

/**
 * @param {import('node:child_process').ChildProcess} generator
 * @param {import('./load-generator.mjs').Load} load
 * @returns {Promise<import('./load-generator.mjs').LoadResult>}
 */
async function generate(generator, load) {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    generator.send(load);
    const [result] = await Promise.race([
      once(generator, 'message', { signal }),
      once(generator, 'exit', { signal }).then(() => {
        throw new Error('The load generator ended');
      }),
    ]);
    return result;
  } finally {
    waiting.abort();
  }
}

/**
 * @param {import('./report.mjs').Samples} samples
 * @param {import('./report.mjs').Figures} figures
 * @param {import('./options.mjs').BenchOptions} options
 * @returns {number} the exit code
 */
function report(samples, figures, { rounds, seconds, connections, json, check }) {
  const missed = missedTargets(samples, figures);
  process.stdout.write(`\n${describe(samples, figures)}\n`);
  process.stdout.write(missed.length === 0 ? 'Every target is met.\n' : `Missed: ${missed.join('; ')}\n`);
  if (json !== undefined) {
    const machine = { node: process.version, platform: process.platform, arch: process.arch, cores: cpus().length };
    writeFileSync(
      json,
      `${JSON.stringify({ machine, rounds, seconds, connections, samples, figures, missed }, undefined, 2)}\n`,
    );
  }
  return check && missed.length > 0 ? 1 : 0;
}
