import { describeContract } from './support/contract.js';
import { SANDBOX_TRAITS, startSandbox } from './support/sandbox-service.js';

describeContract('sandbox', SANDBOX_TRAITS, startSandbox);
