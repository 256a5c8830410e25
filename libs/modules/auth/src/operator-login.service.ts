import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@balcao/contracts';
import { Audit } from '@balcao/platform-audit';
import { DomainError } from '@balcao/platform-errors';
import { Database, type Context } from '@balcao/platform-tenancy';
import { LoginLimits } from './login-limits.js';
import { PasswordHasher } from './password-hasher.js';
import { runStrategy } from './run-strategy.js';
import { SessionService, type OpenedSession } from './session.service.js';
import { createLocalStrategy, type LocalInput } from './strategies/credentials.strategy.js';

interface OperatorRow {
  user_id: string;
  password_hash: string;
  credential_version: number;
  status: 'active' | 'suspended';
}

/** Sign-in of those who run the installation. The rate limits alone hold strangers back: operators belong to no tenant. */
@Injectable()
export class OperatorLoginService {
  private readonly strategy: ReturnType<typeof createLocalStrategy>;

  constructor(
    private readonly database: Database,
    private readonly limits: LoginLimits,
    private readonly sessions: SessionService,
    private readonly audit: Audit,
    hasher: PasswordHasher,
  ) {
    this.strategy = createLocalStrategy(hasher);
  }

  /** @throws DomainError rate_limited, invalid_credentials, account_suspended */
  async login(context: Context, credentials: { email: string; password: string }): Promise<OpenedSession> {
    await this.limits.spend('login', 'operator', context.client!.ip, credentials.email);
    const candidates = await this.database.door<OperatorRow>('door_operator_login', [credentials.email]);
    const attempt: LocalInput<OperatorRow> = { body: credentials, candidates };
    const [operator] = (await runStrategy<OperatorRow[], typeof attempt>(this.strategy, attempt)) ?? [];
    if (!operator) throw new DomainError('invalid_credentials');
    if (operator.status !== 'active') throw new DomainError('account_suspended');
    await this.database.door('door_operator_signed_in', [operator.user_id]);
    await this.record({ ...context, actor: { type: 'operator', id: operator.user_id } }, 'operator.login');
    await this.limits.clear('login', 'operator', credentials.email);
    return this.sessions.openOperator(
      { id: operator.user_id, credentialVersion: operator.credential_version },
      context.client!,
    );
  }
  async logout(context: Context, sessionId: string): Promise<void> {
    await this.sessions.end(sessionId);
    await this.record(context, 'operator.logout');
  }

  private async record(context: Context, action: AuditAction): Promise<void> {
    await this.database.asPlatform('audit of an operator', (db) =>
      this.audit.record(db, context, { action, target: { type: 'operator', id: context.actor.id } }),
    );
  }
}
