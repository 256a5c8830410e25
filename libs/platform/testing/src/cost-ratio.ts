/** Measurements of which the least counts: everything else that a machine does makes one longer, never shorter. */
const TIMES = 3;
/** Long ones suffer more of that than short ones; a ratio that only a busy machine made is another one next time. */
const TRIES = 4;
/** A ratio that is believed, of inputs of which one is four times the other. */
const CREDIBLE = 5;
/** So much that a turn of the collector does not decide. */
const LEAST_MICROSECONDS = 10_000;

/**
 * How many times the processor time of `small` the work takes with `large`, which is four times as large: about 4 where
 * the cost is in proportion, 16 where it is quadratic. The least of several measurements counts, so a busy machine is no
 * reason to fail; as many are made as it takes to believe that the cost is in proportion.
 */
export async function costRatio<Input>(work: (input: Input) => unknown, small: Input, large: Input): Promise<number> {
  let repeats = 1;
  // Also what warms the code up.
  while ((await processorTime(work, small, repeats)) < LEAST_MICROSECONDS) repeats *= 2;
  let least = Infinity;
  for (let attempt = 0; attempt < TRIES && least > CREDIBLE; attempt += 1) {
    let [smallest, largest] = [Infinity, Infinity];
    for (let time = 0; time < TIMES; time += 1) {
      largest = Math.min(largest, await processorTime(work, large, repeats));
      // Behind the large one, which has warmed the code up for it.
      smallest = Math.min(smallest, await processorTime(work, small, repeats));
      if (time > 0 && largest / smallest <= CREDIBLE) break;
    }
    least = Math.min(least, largest / smallest);
  }
  return least;
}

async function processorTime<Input>(work: (input: Input) => unknown, input: Input, repeats: number): Promise<number> {
  const before = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat += 1) await work(input);
  // Together they are exact; how they are shared out is only guessed, tick by tick.
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
