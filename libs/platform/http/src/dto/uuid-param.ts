import { Param, type PipeTransform } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { DomainError } from '@balcao/platform-errors';

/** An id in the path. What is no UUID names nothing, hence 404. */
const uuidPipe: PipeTransform<string, string> = {
  transform: (value) => {
    if (!isUUID(value)) throw new DomainError('not_found');
    return value.toLowerCase();
  },
};

export function UuidParam(name: string): ParameterDecorator {
  return Param(name, uuidPipe);
}
