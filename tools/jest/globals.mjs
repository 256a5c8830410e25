// @ts-check
/** What stands for `@jest/globals`: each name means that of the spec file which runs now. */

/** @param {string} name */
const current = (name) => {
  const given = () => /** @type {any} */ (globalThis)[Symbol.for('balcao.jest')][name];
  return new Proxy(() => {}, {
    get: (_target, member) => given()[member],
    apply: (_target, _self, values) => given()(...values),
  });
};

export const afterAll = current('afterAll');
export const afterEach = current('afterEach');
export const beforeAll = current('beforeAll');
export const beforeEach = current('beforeEach');
export const describe = current('describe');
export const expect = current('expect');
export const it = current('it');
export const jest = current('jest');
export const test = current('test');
