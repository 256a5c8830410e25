import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { DomainError, refusedField, type FieldError } from '@balcao/platform-errors';

/** Validates every DTO: unknown fields are refused, each broken field is named once. */
export function createValidationPipe(): ValidationPipe {
  return new BodyCheckingPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new DomainError('validation_failed', {
        fields: errors.flatMap((error) => fieldErrors(error, '')),
      }),
  });
}

/** A list or a bare value has no fields that could be wrong, so it would pass for an empty object. */
class BodyCheckingPipe extends ValidationPipe {
  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (metadata.type === 'body' && value !== undefined && !isObject) {
      throw refusedField('', 'isObject', 'the body must be an object');
    }
    return super.transform(value, metadata) as Promise<unknown>;
  }
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const path = parent ? `${parent}.${error.property}` : error.property;
  const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({
    path: path.slice(0, 200),
    code,
    message: message.slice(0, 500),
  }));
  return [...own, ...(error.children ?? []).flatMap((child) => fieldErrors(child, path))];
}
