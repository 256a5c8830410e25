import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '@balcao/platform-tenancy';
import { Threads } from '@balcao/platform-threads';
import { CustomStyles } from './custom-styles.js';

/** Counts what is compiled in a thread. */
class CountingThreads extends Threads {
  compiled = 0;
  override run: Threads['run'] = (...work) => {
    this.compiled += 1;
    return super.run(...work);
  };
}

describe('S3.45 a stylesheet is compiled once', () => {
  const threads = new CountingThreads();
  let styles: CustomStyles;
  beforeEach(() => {
    styles = new CustomStyles({} as Database, threads);
    threads.compiled = 0;
  });
  afterAll(() => threads.onApplicationShutdown());

  const compile = (lane: string, name: string) => styles.compile({ lane }, `.${name}{color:red}`);
  const compiledFor = async (...compiles: [lane: string, name: string][]) => {
    const before = threads.compiled;
    for (const each of compiles) await compile(...each);
    return threads.compiled - before;
  };

  it('however many others an organization tries', async () => {
    expect(await compiledFor(['one', 'a'], ['one', 'a'])).toBe(1);
    const tried = Array.from({ length: 40 }, (_, count): [string, string] => ['other', `b${count}`]);
    expect(await compiledFor(...tried)).toBe(40);
    expect(await compiledFor(['one', 'a'])).toBe(0);
    expect(await compiledFor(['other', 'b0'])).toBe(1);
  });

  it('as long as it is asked for', async () => {
    await compile('one', 'a');
    for (let count = 0; count < 20; count += 1) {
      await compile('one', `b${count}`);
      expect(await compiledFor(['one', 'a'])).toBe(0);
    }
  });
});
