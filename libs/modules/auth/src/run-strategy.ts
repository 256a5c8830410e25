import type { Strategy } from 'passport-strategy';

/**
 * Runs a Passport strategy by itself, after validation and outside Express: answers its user, or undefined where it
 * fails. What it reports as an error is thrown.
 */
export function runStrategy<User, Input extends object>(strategy: Strategy, input: Input): Promise<User | undefined> {
  return new Promise((resolve, reject) => {
    // Passport augments a copy for each use in just this way.
    const attempt = Object.create(strategy) as Strategy;
    attempt.success = (user: unknown) => resolve(user as User);
    attempt.fail = () => resolve(undefined);
    attempt.error = reject;
    attempt.pass = () => resolve(undefined);
    attempt.redirect = () => reject(new Error('This strategy wants to redirect'));
    attempt.authenticate(input as never);
  });
}
