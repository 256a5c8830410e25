import { ApiProperty } from '@nestjs/swagger';
import { FIRST_STEPS, type FirstStepName } from '@balcao/contracts';
import { BooleanField, EnumField, Single } from '@balcao/platform-http';
import { STEP_STATES, type StepState } from '../../getting-started/getting-started.service.js';

export class PostponeStepRequest {
  @EnumField({ values: FIRST_STEPS, description: 'Step' }) step: FirstStepName;
  @BooleanField({ description: 'Whether it is put aside; otherwise it is taken up again', example: true })
  postponed: boolean;
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
}

export class GettingStartedFacts {
  @ApiProperty({ type: [GettingStartedStep], description: 'In the order in which they are proposed' })
  steps: GettingStartedStep[];
  @ApiProperty({ type: 'integer', description: 'Steps that are neither done nor put aside', example: 2 })
  openCount: number;
  @ApiProperty({ description: 'Whether the organization has no customer yet' }) isNew: boolean;
}

export class GettingStartedResponse extends Single('gettingStarted', GettingStartedFacts) {}
