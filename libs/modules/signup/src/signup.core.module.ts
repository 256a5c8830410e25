import { Module } from '@nestjs/common';
import { AuthCoreModule } from '@balcao/module-auth';
import { DirectoryCoreModule } from '@balcao/module-directory';
import { SignupBook } from './signup-book.js';
import { SignupChangesService } from './signup-changes.service.js';
import { SignupConfirmationService } from './signup-confirmation.service.js';
import { SignupGate } from './signup-gate.js';
import { SignupLimits } from './signup-limits.js';
import { SignupReviewService } from './signup-review.service.js';
import { SignupService } from './signup.service.js';
import { SignupSteps } from './signup-steps.js';
import { SignupTokens } from './signup-tokens.js';

const SERVICES = [
  SignupBook,
  SignupChangesService,
  SignupConfirmationService,
  SignupGate,
  SignupReviewService,
  SignupService,
  SignupSteps,
  SignupTokens,
];

@Module({
  imports: [AuthCoreModule, DirectoryCoreModule],
  providers: [...SERVICES, SignupLimits],
  exports: SERVICES,
})
export class SignupCoreModule {}
