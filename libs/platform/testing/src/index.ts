export { customerContext, staffMemberContext } from './contexts.js';
export { costRatio } from './cost-ratio.js';
export { eventually } from './eventually.js';
export { insertOrganization } from './insert-organization.js';
export { outboxDrained } from './outbox-drained.js';
export { slowness } from './slowness.js';
export { testConfig, testSecrets } from './test-config.js';
export { testDatabase, type TestDatabase, type TestDatabaseOptions } from './test-database.js';
export { lastLink, TestMailbox, type ReceivedMail, type Refusal } from './test-mailbox.js';
