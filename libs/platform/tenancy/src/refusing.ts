import type { ErrorCode } from '@balcao/contracts';
import { uniqueViolation } from '@balcao/platform-database';
import { DomainError } from '@balcao/platform-errors';

/** Does the work; a row that a unique constraint refuses becomes the refusal that `taken` names for it. */
export async function refusing<Result>(
  taken: Readonly<Record<string, ErrorCode>>,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = taken[uniqueViolation(error) ?? ''];
    throw code ? new DomainError(code, { cause: error }) : error;
  }
}
