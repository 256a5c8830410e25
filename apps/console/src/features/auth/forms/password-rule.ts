import { passwordProblem, translate } from '@balcao/ui';

/** What is wrong with a new password, in words. */
export function newPasswordError(password: string): string | undefined {
  if (password === '') return translate('auth.fields.passwordMissing');
  const problem = passwordProblem(password);
  return problem && translate(`auth.fields.password_${problem}`);
}
