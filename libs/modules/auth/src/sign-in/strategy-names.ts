import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/**
 * Names of the strategies. Passport keeps one registry for the process, and the guard always asks that one, so each
 * application in a process registers its strategies under names of its own.
 */
@Injectable()
export class StrategyNames {
  private readonly suffix = randomUUID();
  readonly password = `password:${this.suffix}`;
  readonly session = `session:${this.suffix}`;
  readonly jwt = `jwt:${this.suffix}`;
}
