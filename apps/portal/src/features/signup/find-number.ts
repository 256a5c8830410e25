import { search, type Riddle } from './riddle.js';

/** Finds the number of a riddle: in a worker, or in slices between the page's own work where there is none. */
export async function findNumber(riddle: Riddle, signal: AbortSignal): Promise<number> {
  try {
    return await inWorker(riddle, signal);
  } catch {
    return inSlices(riddle, signal);
  }
}

async function inWorker(riddle: Riddle, signal: AbortSignal): Promise<number> {
  const worker = new Worker(new URL('./proof.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<number>((resolve, reject) => {
    signal.addEventListener('abort', reject);
    worker.addEventListener('message', ({ data }: MessageEvent<number>) => resolve(data));
    worker.addEventListener('error', reject);
    worker.postMessage(riddle);
  }).finally(() => worker.terminate());
}

async function inSlices(riddle: Riddle, signal: AbortSignal): Promise<number> {
  const looking = search(riddle);
  for (;;) {
    signal.throwIfAborted();
    const found = looking.next();
    if (found.done) return found.value;
    await new Promise((resolve) => setTimeout(resolve));
  }
}
