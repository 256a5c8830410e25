/** What stands in a queue: ids only. The row in the outbox is what counts. */
export interface QueuedJob {
  outboxId: string;
  organizationId: string | null;
  version: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function isQueuedJob(data: unknown): data is QueuedJob {
  const { outboxId, organizationId, version } = (data ?? {}) as Partial<QueuedJob>;
  const isId = (value: unknown) => typeof value === 'string' && UUID.test(value);
  return isId(outboxId) && (organizationId === null || isId(organizationId)) && Number.isInteger(version);
}
