import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { OutboundModule } from '@balcao/platform-outbound';
import { purgeBehind } from '@balcao/platform-tenancy';
import { SIGNUP_MAILS } from './emails/signup-mails.js';
import { ExpireHandler } from './jobs/expire.handler.js';
import { HandoverSubscriber } from './jobs/handover.subscriber.js';
import { LookUpHandler } from './jobs/look-up.handler.js';
import { SignupEntity } from './persistence/signup.entity.js';
import { RegistryClient } from './registry/registry-client.js';
import { SignupCoreModule } from './signup.core.module.js';

export { SIGNUP_MAILS } from './emails/signup-mails.js';
export { ExpireHandler } from './jobs/expire.handler.js';
export { HandoverSubscriber } from './jobs/handover.subscriber.js';
export { LookUpHandler } from './jobs/look-up.handler.js';
export { RegistryClient } from './registry/registry-client.js';

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule, OutboundModule, SignupCoreModule],
  providers: [ExpireHandler, HandoverSubscriber, LookUpHandler, RegistryClient, ...SIGNUP_MAILS],
})
export class SignupWorkerModule {}

/** What the worker runs of this module. */
export const signupWorker = {
  module: SignupWorkerModule,
  entities: [SignupEntity],
  purges: { 'answers of the register': purgeBehind('door_registry_purge') },
};
