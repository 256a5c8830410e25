import { signInToConsole } from '../support/sign-in.js';
import { expectAnswers, openSignup, SLOW_TODAY } from '../support/sign-up.js';
import { expect, test } from '../support/test.js';

// Long before the register's other faults, in `signup.spec.ts`: once it has failed for five companies with no good answer
// between, it is left alone for a while, and nothing would be asked about the fifth.
test('S0.34 a register that talks nonsense, of another company or not at all keeps nobody waiting', async ({
  page: phone,
  browser,
  baseURL,
}) => {
  const owner = await (await browser.newContext({ baseURL, locale: 'pt-BR' })).newPage();
  await signInToConsole(owner, 'owner@aurora.example');
  await openSignup(owner);
  await owner.context().close();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto('/o/aurora/portal/signup/aurora');
  await expectAnswers(phone, [
    ['90011000000180', SLOW_TODAY],
    ['90012000000102', SLOW_TODAY],
    ['90013000000119', SLOW_TODAY],
    ['90006000000191', /Consultando o registro público/],
    ['90006000000191', SLOW_TODAY],
  ]);
  await expect(phone.getByRole('button', { name: 'Preencher meus dados' })).toBeVisible();
});
