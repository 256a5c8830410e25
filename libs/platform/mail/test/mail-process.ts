import { Injectable, Module, type INestApplicationContext, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MAIL_TEMPLATES, type MailTemplateName } from '@balcao/contracts';
import { ConfigModule } from '@balcao/platform-config';
import { LoggingModule } from '@balcao/platform-logging';
import { OutboxWorkerModule, type OutboxWorkerOptions } from '@balcao/platform-outbox/worker';
import { QueueModule } from '@balcao/platform-queue';
import { StateModule } from '@balcao/platform-state';
import { StorageModule } from '@balcao/platform-storage';
import { TenancyModule } from '@balcao/platform-tenancy';
import type { TestDatabase } from '@balcao/platform-testing';
import { MailTemplateFor, type MailContent, type MailFacts } from '../src/index.js';
import { MailWorkerModule } from '../src/worker.js';

export const script: { compose: (facts: MailFacts) => Promise<MailContent | 'drop'> } = { compose: async () => 'drop' };

/** A template of that name which writes what the test's script says. */
export function templateFor(name: MailTemplateName): Provider & (new () => object) {
  @Injectable()
  @MailTemplateFor(name)
  class ScriptedMail {
    compose(_context: unknown, facts: MailFacts): Promise<MailContent | 'drop'> {
      return script.compose(facts);
    }
  }
  return ScriptedMail;
}

/** A worker that sends mails, as a process would have it. */
export function startMailWorker(
  test: TestDatabase,
  options: OutboxWorkerOptions = {},
  providers: Provider[] = MAIL_TEMPLATES.map(templateFor),
): Promise<INestApplicationContext> {
  @Module({
    imports: [
      ConfigModule.forRoot(test.config),
      LoggingModule.forRoot(test.logger),
      TenancyModule.forRoot(() => test.connect()),
      StateModule.forRoot(),
      QueueModule,
      OutboxWorkerModule.forRoot(options),
      StorageModule,
      MailWorkerModule,
    ],
    providers,
  })
  class TestMailWorkerModule {}
  return NestFactory.createApplicationContext(TestMailWorkerModule, { logger: false, abortOnError: false });
}
