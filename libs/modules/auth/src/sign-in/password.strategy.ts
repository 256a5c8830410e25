import { Injectable } from '@nestjs/common';
import { AuthGuard, PassportStrategy } from '@nestjs/passport';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Strategy, type IStrategyOptionsWithRequest, type VerifyFunctionWithRequest } from 'passport-local';
import { PasswordHasher } from '../passwords/password-hasher.js';
import type { Turn } from '@balcao/platform-threads/fair-queue';
import { StrategyNames } from './strategy-names.js';

/** A password, and the hashes that it may be of; null stands for somebody without one. */
export interface PasswordAttempt {
  body: { login: string; password: string };
  hashes: readonly (string | null)[];
  turn: Turn;
  /** Asked when the attempt's turn has come; what it throws refuses it. */
  admit: () => Promise<void>;
  /** Told while the turn lasts that none was right: who comes next finds it counted. */
  fail: () => Promise<void>;
  /** Asked while the turn lasts, whether those that match are enough, so that absent hashes need no comparison. */
  enough: (places: number[]) => Promise<boolean>;
}

/** passport-local under a name that is given when it is made. */
class NamedLocalStrategy extends Strategy {
  override name: string;

  constructor({ name, ...options }: IStrategyOptionsWithRequest & { name: string }, verify: VerifyFunctionWithRequest) {
    super(options, verify);
    this.name = name;
  }
}

/** Compares a password with every hash that it may be of, always with all of them, so that time does not tell which. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(NamedLocalStrategy) {
  constructor(
    names: StrategyNames,
    private readonly hasher: PasswordHasher,
  ) {
    super({ name: names.password, usernameField: 'login', passReqToCallback: true });
  }

  /** The places of the hashes that match. An array of its own would be spread into Passport's callback. */
  async validate(attempt: PasswordAttempt, _login: string, password: string): Promise<{ matching: number[] }> {
    const matching = await this.hasher.matching(password, attempt.hashes, attempt.turn, {
      before: attempt.admit,
      enough: attempt.enough,
      after: (places) => (places.length === 0 ? attempt.fail() : Promise.resolve()),
    });
    return { matching };
  }
}

/** Asks Passport whether a password is right; called after validation, so that a missing field is 400 and not 401. */
@Injectable()
export class PasswordGuard {
  private readonly guard: InstanceType<ReturnType<typeof answering>>;

  // The strategy registers itself when it is made.
  constructor(names: StrategyNames, _strategy: PasswordStrategy) {
    this.guard = new (answering())({ defaultStrategy: names.password });
  }

  /** @returns the places of the hashes that match; none where none does */
  async prove(attempt: PasswordAttempt): Promise<number[]> {
    const proved = { ...attempt } as PasswordAttempt & { user?: { matching: number[] } };
    await this.guard.canActivate(new ExecutionContextHost([proved]));
    return proved.user?.matching ?? [];
  }
}

/** A guard for which nobody is an answer too; what it means is decided by who asked. */
export function answering() {
  return class extends AuthGuard() {
    override handleRequest<User>(error: unknown, user: User | false): User {
      if (error) throw error;
      return (user || undefined) as User;
    }
  };
}
