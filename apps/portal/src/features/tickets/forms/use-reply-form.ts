import { translate, useForm } from '@balcao/ui';
import { watch } from 'vue';
import { useReply } from '../../../data/tickets.js';
import { useDraft } from './use-draft.js';

/** Answering in a ticket; the draft belongs to that ticket. */
export function useReplyForm(ticketId: string) {
  const reply = useReply(ticketId);
  const draft = useDraft(`reply:${ticketId}`);

  const form = useForm({
    initial: () => ({ body: draft.stored.body ?? '' }),
    validate: ({ body }) => (body.trim() === '' ? { body: translate('tickets.reply.missing') } : {}),
    submit: async ({ body }) => {
      await reply.mutateAsync(body.trim());
      form.reset({ body: '' });
    },
  });

  watch(form.values, ({ body }) => draft.save({ body }));

  return { form, savedAt: draft.savedAt };
}
