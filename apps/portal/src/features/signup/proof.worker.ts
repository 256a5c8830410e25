import { search, type Riddle } from './riddle.js';

/** Looks for the number beside the page, which stays quick. */
addEventListener('message', ({ data }: MessageEvent<Riddle>) => {
  const looking = search(data);
  let found = looking.next();
  while (!found.done) found = looking.next();
  postMessage(found.value);
});
