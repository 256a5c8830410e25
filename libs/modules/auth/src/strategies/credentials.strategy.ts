import { Strategy } from 'passport-local';
import { PasswordHasher } from '../password-hasher.js';

/** Someone whose password may be the right one. */
export interface Candidate {
  password_hash: string | null;
}

export interface LocalInput<C extends Candidate> {
  body: { email: string; password: string };
  candidates: C[];
}

/**
 * passport-local over the candidates that an e-mail named: its user is the list of those whose password matches. With
 * no candidate a dummy hash is compared, so that time does not tell (decision 4).
 */
export function createLocalStrategy(hasher: PasswordHasher): Strategy {
  return new Strategy({ usernameField: 'email', passReqToCallback: true }, (request, _email, password, done) => {
    const { candidates } = request as unknown as LocalInput<Candidate>;
    const hashes = candidates.length > 0 ? candidates.map((candidate) => candidate.password_hash) : [null];
    Promise.all(hashes.map((hash) => hasher.matches(password, hash))).then(
      (matches) => {
        const matching = candidates.filter((_candidate, index) => matches[index]);
        done(null, matching.length > 0 ? matching : false);
      },
      (error: unknown) => done(error),
    );
  });
}
