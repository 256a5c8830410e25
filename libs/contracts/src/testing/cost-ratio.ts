/** Four times the input costs less than this many times as much: nearer to 4, in proportion, than to 16, quadratic. */
export const IN_PROPORTION = 8;

/** Measurements of which the least counts: everything else that a machine does makes one longer, never shorter. */
const TIMES = 3;
/** Long ones suffer more of that than short ones; a ratio that only a busy machine made is another one some time later. */
const TRIES = 12;
/** What is far beyond after so many of them was not made by a busy machine. */
const HOPELESS = { tries: 3, ratio: 12 };
/** A ratio that is believed, of inputs of which one is four times the other: caches and memory make it more than 4. */
const CREDIBLE = 6;
/** A clock of processor time counts in steps of some milliseconds: what is measured takes several of them. */
const LEAST_MICROSECONDS = 20_000;

/**
 * How many times the processor time of an input the work takes with the next one, which is four times as large: about 4
 * where the cost is in proportion, 16 where it is quadratic; see {@link IN_PROPORTION}. The least of several measurements
 * counts, so a busy machine is no reason to fail; as many are made as it takes to believe that the cost is in
 * proportion. The third input is measured where the first two are not believed: memory that is had in another way above
 * some size makes a step, which is between two of them, while a quadratic cost is between all.
 */
export async function costRatio<Input>(
  work: (input: Input) => unknown,
  small: Input,
  large: Input,
  larger?: Input,
): Promise<number> {
  const first = await comparison(work, small, large);
  const ratio = await first();
  if (ratio <= CREDIBLE) return ratio;
  return Math.min(ratio, await leastRatio(larger === undefined ? first : await comparison(work, large, larger)));
}

async function leastRatio(compare: () => Promise<number>): Promise<number> {
  let least = Infinity;
  for (let attempt = 1; attempt <= TRIES && least > CREDIBLE; attempt += 1) {
    least = Math.min(least, await compare());
    if (attempt >= HOPELESS.tries && least > HOPELESS.ratio) break;
  }
  return least;
}

async function comparison<Input>(work: (input: Input) => unknown, small: Input, large: Input) {
  let repeats = 1;
  // Also what warms the code up.
  while ((await processorTime(work, small, repeats)).all < LEAST_MICROSECONDS) repeats *= 2;
  return async () => {
    const smallest = { user: Infinity, all: Infinity };
    const largest = { ...smallest };
    for (let time = 0; time < TIMES; time += 1) {
      lower(largest, await processorTime(work, large, repeats));
      // Behind the large one, which has warmed the code up for it.
      lower(smallest, await processorTime(work, small, repeats));
      if (time > 0 && ratioOf(largest, smallest) <= CREDIBLE) break;
    }
    return ratioOf(largest, smallest);
  };
}

/** `all` is exact; `user` is shared out tick by tick, but has no part in the memory that a larger input has to be given. */
interface Time {
  user: number;
  all: number;
}

function lower(least: Time, measured: Time): void {
  least.user = Math.min(least.user, measured.user);
  least.all = Math.min(least.all, measured.all);
}

const ratioOf = (large: Time, small: Time) => Math.min(large.user / small.user || Infinity, large.all / small.all);

async function processorTime<Input>(work: (input: Input) => unknown, input: Input, repeats: number): Promise<Time> {
  const before = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat += 1) await work(input);
  const { user, system } = process.cpuUsage(before);
  return { user, all: user + system };
}
