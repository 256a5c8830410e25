import { jest } from '@jest/globals';

// Waits have limits of their own, which follow the machine's speed; this one is for what nobody thought of.
jest.setTimeout(300_000);
