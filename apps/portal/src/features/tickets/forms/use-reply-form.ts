import { translate, useForm, useLostAnswer } from '@balcao/ui';
import { watch } from 'vue';
import type { Ticket } from '../../../api/types.js';
import { useReply } from '../../../data/tickets.js';
import { useDraftsStore } from '../../../stores/drafts.js';
import { useDraft } from './use-draft.js';

/** Answering in a ticket; the draft belongs to that ticket. */
export function useReplyForm(ticket: () => Ticket) {
  const ticketId = ticket().id;
  const key = `reply:${ticketId}`;
  const reply = useReply(ticketId);
  const draft = useDraft(key);

  const form = useForm({
    initial: () => ({ body: draft.stored.body ?? '' }),
    validate: ({ body }) => (body.trim() === '' ? { body: translate('tickets.reply.missing') } : {}),
    submit: async ({ body }) => {
      await sending(body.trim(), () => reply.mutateAsync(body.trim()));
      form.reset({ body: '' });
    },
  });

  const sending = useLostAnswer({
    drafts: useDraftsStore(),
    key,
    text: () => form.values.body,
    busy: form.busy,
    comments: () => ticket().comments,
    send: async () => {
      await form.submit();
      return form.values.body === '';
    },
  });

  watch(form.values, ({ body }) => draft.save({ body }));

  return { form, savedAt: draft.savedAt };
}
