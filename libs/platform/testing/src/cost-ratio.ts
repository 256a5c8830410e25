/** Measurements of which the least counts: everything else that a machine does makes a measurement longer, never shorter. */
const TIMES = 5;
/** A clock of processor time counts in steps that may be as long as 1 ms: what is measured takes many of them. */
const LEAST_MICROSECONDS = 20_000;

/**
 * How many times the processor time of `small` the work takes with `large`: about the ratio of their sizes where the cost
 * is in proportion, its square where it is quadratic. The least of several measurements counts, so a busy machine is no
 * reason to fail.
 */
export async function costRatio<Input>(work: (input: Input) => unknown, small: Input, large: Input): Promise<number> {
  let repeats = 1;
  // Also what warms the code up.
  while ((await processorTime(work, small, repeats)) < LEAST_MICROSECONDS) repeats *= 2;
  let [smallest, largest] = [Infinity, Infinity];
  for (let time = 0; time < TIMES; time += 1) {
    smallest = Math.min(smallest, await processorTime(work, small, repeats));
    largest = Math.min(largest, await processorTime(work, large, repeats));
  }
  return largest / smallest;
}

async function processorTime<Input>(work: (input: Input) => unknown, input: Input, repeats: number): Promise<number> {
  const before = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat += 1) await work(input);
  return process.cpuUsage(before).user;
}
