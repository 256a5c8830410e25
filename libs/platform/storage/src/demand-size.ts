import { Transform } from 'node:stream';

/** Passes on as many bytes as were promised; more or fewer are an error. */
export function demandSize(size: number): Transform {
  let passed = 0;
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      passed += part.length;
      done(passed > size ? new Error(`A file has more than its ${size} bytes`) : null, part);
    },
    flush(done) {
      done(passed < size ? new Error(`A file has ${passed} instead of its ${size} bytes`) : null);
    },
  });
}
