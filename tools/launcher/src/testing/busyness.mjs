// @ts-check
import { availableParallelism, loadavg } from 'node:os';

/** How many programs want each core, from 1 to 6: limits of time are multiplied by it, so that load is taken for no fault. */
export const busyness = () => Math.min(6, Math.max(1, (loadavg()[0] ?? 0) / availableParallelism()));
