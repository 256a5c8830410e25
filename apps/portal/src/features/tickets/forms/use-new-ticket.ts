import { toast, translate, useForm } from '@balcao/ui';
import { watch } from 'vue';
import { useRouter, type LocationQuery } from 'vue-router';
import type { TicketPriority, TicketType } from '../../../api/types.js';
import { useCreateTicket } from '../../../data/tickets.js';
import { useDraft } from './use-draft.js';

const SUBJECT_MAX = 255;

/** What somebody looked for in the help and did not find becomes the subject; it comes by the address through the sign-in. */
const asked = (query: LocationQuery) =>
  String((history.state as { subject?: unknown } | null)?.subject ?? query.subject ?? '').slice(0, SUBJECT_MAX);

/** Opening a ticket; what is typed survives a reload and the end of the session. */
export function useNewTicket() {
  const router = useRouter();
  const create = useCreateTicket();
  const draft = useDraft('new-ticket');

  const form = useForm({
    initial: () => ({
      subject: draft.stored.subject ?? asked(router.currentRoute.value.query),
      description: draft.stored.description ?? '',
      type: (draft.stored.type ?? '') as TicketType | '',
      priority: (draft.stored.priority ?? 'normal') as TicketPriority,
    }),
    validate: ({ subject, description, type }) => ({
      ...(type === '' && { type: translate('tickets.new.typeMissing') }),
      ...(subject.trim() === '' && { subject: translate('tickets.new.subjectMissing') }),
      ...(subject.length > SUBJECT_MAX && {
        subject: translate('tickets.new.subjectLong', { max: SUBJECT_MAX }),
      }),
      ...(description.trim() === '' && { description: translate('tickets.new.descriptionMissing') }),
    }),
    submit: async ({ type, ...values }) => {
      const ticket = await create.mutateAsync({ ...values, type: type as TicketType, subject: values.subject.trim() });
      draft.discard();
      await router.replace({ name: 'ticket', params: { id: ticket.id } });
      toast({ text: translate('tickets.new.created', { number: ticket.number }) });
    },
  });

  watch(form.values, ({ subject, description, type, priority }) => {
    if (subject.trim() || description.trim()) draft.save({ subject, description, type, priority });
    else draft.discard();
  });

  /** An article answered the question: nothing needs to be sent. */
  async function solved(): Promise<void> {
    draft.discard();
    toast({ text: translate('tickets.new.solved') });
    await router.push({ name: 'tickets' });
  }

  return { form, savedAt: draft.savedAt, solved };
}
