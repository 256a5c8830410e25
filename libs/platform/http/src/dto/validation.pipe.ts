import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import type { FieldErrorCode } from '@balcao/contracts';
import { DomainError, refusedField, type FieldError } from '@balcao/platform-errors';
import { INPUT_LIMITS } from '../input-limits.js';

const LONGEST_PATH = 100;

const OPTIONS = {
  whitelist: true,
  forbidUnknownValues: true,
  transform: true,
  stopAtFirstError: true,
  validationError: { target: false, value: false },
  exceptionFactory: (errors: ValidationError[]) =>
    new DomainError('validation_failed', {
      fields: errors.flatMap((error) => fieldErrors(error, '')).slice(0, INPUT_LIMITS.errors),
    }),
};

/** Validates every DTO; each broken field is named once. */
export function createValidationPipe(): ValidationPipe {
  return new InputPipe({ ...OPTIONS, forbidNonWhitelisted: true });
}

/**
 * A body says what shall be done, so a member that nobody knows is refused. A query narrows what is read: parameters that
 * others add to addresses, such as those of campaigns, are left out, and an empty one counts as absent.
 */
class InputPipe extends ValidationPipe {
  private readonly queries = new ValidationPipe(OPTIONS);

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'query' && typeof value === 'object' && value !== null) {
      return this.queries.transform(parametersOf(value), metadata) as Promise<unknown>;
    }
    // A list or a bare value has no fields that could be wrong, so it would pass for an empty object.
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (metadata.type === 'body' && value !== undefined && !isObject) throw refusedField('', 'isObject');
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

/** The parameters that say something; one of several values may be written as a list's, `name[]` or `name[0]`. */
function parametersOf(query: object): object {
  const given = new Map<string, unknown>();
  for (const [written, text] of Object.entries(query)) {
    const name = written.replace(/\[\d*\]$/, '');
    if (text !== '') given.set(name, given.has(name) ? [given.get(name), text].flat() : text);
  }
  return Object.fromEntries(given);
}

function fieldErrors({ property, constraints, contexts, children }: ValidationError, parent: string): FieldError[] {
  const path = parent ? `${parent}.${property}` : property;
  const own = (Object.keys(constraints ?? {}) as FieldErrorCode[]).map((code) => ({
    path: path.slice(0, LONGEST_PATH),
    code,
    params: (contexts as Record<string, FieldError['params']> | undefined)?.[code],
  }));
  return [...own, ...(children ?? []).flatMap((child) => fieldErrors(child, path))];
}
