import type { INestApplicationContext } from '@nestjs/common';
import { Lockout, PasswordHasher } from '@balcao/module-auth';
import { ArticleService, CategoryService } from '@balcao/module-kb';
import { GatewayAccountService, quietPayments } from '@balcao/module-payments';
import { InvitationService, PictureService } from '@balcao/module-portal';
import { quietProposals } from '@balcao/module-proposals';
import { TicketImportService } from '@balcao/module-tickets';
import { AppConfig, Secrets } from '@balcao/platform-config';
import { RateLimiter } from '@balcao/platform-state';
import { Storage } from '@balcao/platform-storage';
import { Database } from '@balcao/platform-tenancy';
import type { DemoServices } from './seed-demo.js';

/** The demo's tools out of a composed application. */
export function demoServices(app: INestApplicationContext): DemoServices {
  return {
    database: app.get(Database),
    hasher: app.get(PasswordHasher, { strict: false }),
    lockout: app.get(Lockout, { strict: false }),
    tickets: app.get(TicketImportService, { strict: false }),
    articles: app.get(ArticleService, { strict: false }),
    categories: app.get(CategoryService, { strict: false }),
    invitations: app.get(InvitationService, { strict: false }),
    pictures: app.get(PictureService, { strict: false }),
    gatewayAccounts: app.get(GatewayAccountService, { strict: false }),
    payments: quietPayments(
      app.get(Database),
      app.get(AppConfig),
      app.get(Secrets),
      app.get(RateLimiter, { strict: false }),
    ),
    proposals: quietProposals(
      app.get(Database),
      app.get(RateLimiter, { strict: false }),
      app.get(Storage, { strict: false }),
    ),
    config: app.get(AppConfig),
  };
}
