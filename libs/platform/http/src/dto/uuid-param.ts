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

/** A number in the path that counts from 1. What is none names nothing, hence 404. */
const numberPipe: PipeTransform<string, number> = {
  transform: (value) => {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw new DomainError('not_found');
    return Number(value);
  },
};

export function NumberParam(name: string): ParameterDecorator {
  return Param(name, numberPipe);
}
