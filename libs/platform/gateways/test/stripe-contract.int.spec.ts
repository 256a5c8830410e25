import { describeContract } from './support/contract.js';
import { STRIPE_TRAITS, startStripe } from './support/stripe-service.js';

describeContract('stripe', STRIPE_TRAITS, startStripe);
