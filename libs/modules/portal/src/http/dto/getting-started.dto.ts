import { ApiProperty } from '@nestjs/swagger';
import { FIRST_STEPS, type FirstStepName } from '@balcao/contracts';
import type { WaitingStep } from '@balcao/module-directory';
import { BooleanField, EnumField, Nullable, Single } from '@balcao/platform-http';
import { STEP_STATES, type StepState } from '../../getting-started/getting-started.service.js';

export class PostponeStepRequest {
  @EnumField({ values: FIRST_STEPS, description: 'Step' }) step: FirstStepName;
  @BooleanField({ description: 'Whether it is put aside; otherwise it is taken up again', example: true })
  postponed: boolean;
}

export class GettingStartedWaiting implements WaitingStep {
  @ApiProperty({ description: 'As people know it, such as a domain or an address', example: 'conta.aurora.example' })
  name: string;
  @Nullable(String, 'Portal whose it is; null for what belongs to the organization', { format: 'uuid' })
  portalId: string | null;
}

export class GettingStartedStep {
  @ApiProperty({ enum: FIRST_STEPS, description: 'Step' }) name: FirstStepName;
  @ApiProperty({
    enum: STEP_STATES,
    description: 'Worked out from what there is; a step that was put aside and is done nevertheless is done',
  })
  state: StepState;
  @ApiProperty({
    type: 'integer',
    description: 'How much of it there is, such as customers; 1000 stands for more',
    example: 3,
  })
  count: number;
  @Nullable(GettingStartedWaiting, 'What was begun of it and waits, such as for a record in DNS; null where it is done')
  waiting: GettingStartedWaiting | null;
}

export class GettingStartedFacts {
  @ApiProperty({ type: [GettingStartedStep], description: 'In the order in which they are proposed' })
  steps: GettingStartedStep[];
  @ApiProperty({ type: 'integer', description: 'Steps that are neither done nor put aside', example: 2 })
  openCount: number;
  @ApiProperty({ description: 'Whether the organization has no customer yet' }) isNew: boolean;
}

export class GettingStartedResponse extends Single('gettingStarted', GettingStartedFacts) {}
