import { orNull, translate } from '@balcao/ui';
import type { Plan, PlanInput } from '../../data/plans.js';
import { PLAN_KINDS } from './looks.js';

/** What stands in the form of a plan, new or known. */
export const typedPlan = (plan?: Plan) => ({
  name: plan?.name ?? '',
  description: plan?.description ?? '',
  kind: (plan?.kind ?? 'plan') as string,
  family: plan?.family ?? '',
  isOffered: plan?.isOffered ?? false,
});

/** Its fields, for a form of a record. */
export function planFields(plan?: Plan) {
  const typed = typedPlan(plan);
  const word = (name: string) => translate(`subscriptions.plans.${name}`);
  return {
    name: { value: typed.name as string, label: word('name'), max: 120, codes: ['name_taken'] },
    kind: {
      value: typed.kind,
      label: word('kind'),
      help: word('kindHelp'),
      options: PLAN_KINDS.map((value) => ({ value: value as string, label: word(`kinds.${value}`) })),
    },
    description: {
      value: typed.description as string,
      label: word('description'),
      help: word('descriptionHelp'),
      kind: 'long' as const,
      max: 500,
      optional: true,
      wide: true,
    },
    family: { value: typed.family as string, label: word('family'), help: word('familyHelp'), max: 60, optional: true },
    isOffered: { value: typed.isOffered, label: word('isOfferedLabel'), help: word('isOfferedHelp'), wide: true },
  };
}

/** What of it was typed, as the API is told it. */
export const planSent = ({
  name,
  kind,
  description,
  family,
  isOffered,
}: Partial<ReturnType<typeof typedPlan>>): Partial<PlanInput> => ({
  ...(name !== undefined && { name }),
  ...(kind !== undefined && { kind: kind as Plan['kind'] }),
  ...(description !== undefined && { description: orNull(description) }),
  ...(family !== undefined && { family: orNull(family) }),
  ...(isOffered !== undefined && { isOffered }),
});
