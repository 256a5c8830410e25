import { EnumField, TextField } from '@balcao/platform-http';
import { TICKET_PRIORITIES, TICKET_TYPES } from '../../domain/ticket.js';

/** Fields that several requests share, each with one set of limits. */
export const SubjectField = (optional: boolean, description: string) =>
  TextField({ description, max: 255, optional, example: 'Internet cai todo dia por volta das 14h' });

export const MessageField = (description: string) =>
  TextField({ description, max: 20_000, example: 'Desde quinta-feira a conexão da loja 2 cai entre 14h e 14h20.' });

export const PriorityField = (description: string) =>
  EnumField({ description, values: TICKET_PRIORITIES, optional: true, example: 'normal' });

export const TypeField = (description: string) =>
  EnumField({ description, values: TICKET_TYPES, optional: true, example: 'request' });
