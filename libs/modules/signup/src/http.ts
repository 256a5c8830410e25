import { Module } from '@nestjs/common';
import { AuthHttpModule } from '@balcao/module-auth/http';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { SignupPageController } from './http/signup-page.controller.js';
import { SignupWaiting } from './http/signup-waiting.js';
import { SignupsController } from './http/signups.controller.js';
import { StaffSignupsController } from './http/staff-signups.controller.js';
import { SignupEntity } from './persistence/signup.entity.js';
import { SignupCoreModule } from './signup.core.module.js';
import { signupSettings } from './signup-settings.js';
import { signupStep } from './signup-step.js';

@Module({
  imports: [AuthHttpModule, DirectoryCoreModule, SignupCoreModule],
  controllers: [SignupPageController, SignupsController, StaffSignupsController],
  providers: [SignupWaiting],
})
export class SignupHttpModule {}

/** What the API runs of this module. */
export const signupApi = {
  module: SignupHttpModule,
  entities: [SignupEntity],
  settings: [signupSettings],
  firstSteps: [signupStep],
};
export { ownSignupPage, signupHead } from './http/pages/signup-page.js';
