// @ts-check
import { strictEqual } from 'node:assert';
import { test } from 'node:test';
import { placesIn } from '../../launcher/src/paths.mjs';
import { readOptions } from '../src/options.mjs';
import { runBench } from '../src/run-bench.mjs';

test('the bare server answers what the product answers, and both are measured', async () => {
  const options = readOptions(['--only', 'detail', '--rounds', '1', '--seconds', '1', '--connections', '4']);
  const size = { ticketsOfEach: 60, bigTickets: 400, invoices: 2_000 };
  strictEqual(await runBench(placesIn(), process.env, { ...options, size }), 0);
});
