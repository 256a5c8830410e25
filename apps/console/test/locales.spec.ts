import { describeTexts } from '@balcao/ui/testing';
import { resolve } from 'node:path';

describeTexts(resolve(import.meta.dirname, '../src'));
