import { keepPreviousData, useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/vue-query';
import { toValue, type MaybeRefOrGetter } from 'vue';
import { ApiError } from '../api/api-error.js';
import { keysOf } from '../api/queries.js';

export { usePaletteSearch, type PaletteSearch } from './palette-search.js';

/** Rows of a page where nothing else is asked for. */
const PAGE_SIZE = 25;
/** The most that the API answers at once. */
const LARGEST_PAGE = 100;

interface QuerySettings<Answer, Args extends unknown[] = []> {
  /** Whether there is anything to ask for. */
  enabled?: (...args: Args) => boolean;
  /** The answer before stays in sight until the next one is there. */
  keep?: boolean;
  /** What is known without asking, if anything. */
  initial?: (...args: Args) => Answer | undefined;
  /**
   * Names of what is fetched again where this is refused as a conflict: somebody else was faster, and what the page shows is over.
   * While a deed of one's own is under way nothing is asked: what it makes of the state would refuse it.
   */
  conflictsWith?: string[];
  retry?: boolean;
  staleTime?: number;
  gcTime?: number;
  /** Asked again after so many milliseconds, always or as what was answered says. */
  refetchInterval?: number | ((query: { state: { data: Answer | undefined } }) => number | false);
}

/** What is asked again while the page is open: a mail leaves within moments, and nobody tells the page. */
export const whileQueued =
  <Answer>(statusesOf: (answer: Answer) => (string | null | undefined)[]) =>
  ({ state: { data } }: { state: { data: Answer | undefined } }): number | false =>
    data !== undefined && statusesOf(data).includes('queued') && 3_000;

/** A page as the API answers it, as far as it matters for reading all of them. */
interface AnyPage {
  data: unknown[];
  pagination: { total: number; nextCursor?: string | null };
}

/**
 * Ways to an application's server state, whose keys begin with its owner.
 * @param useOwner finds the owner, called while a component is set up
 */
export function dataOf(useOwner: () => MaybeRefOrGetter<string | undefined>) {
  /** Makes keys of what was fetched. */
  const useKey = () => keysOf(useOwner());

  /** What the API answers, kept under a name and what it was asked with. */
  const query =
    <Answer, Args extends unknown[] = []>(
      name: string | string[],
      read: (call: { signal: AbortSignal }, ...args: Args) => Promise<Answer>,
      { enabled = () => true, initial, keep, conflictsWith, ...settings }: QuerySettings<Answer, NoInfer<Args>> = {},
    ) =>
    (...args: { [Place in keyof Args]: MaybeRefOrGetter<Args[Place]> }) => {
      const now = () => args.map((arg) => toValue(arg)) as Args;
      const freshen = conflictsWith && useFreshened(conflictsWith);
      const underWay = conflictsWith && useIsMutating();
      return useQuery({
        ...settings,
        queryKey: useKey()(...[name].flat(), ...args),
        queryFn: async ({ signal }) => {
          try {
            return await read({ signal }, ...now());
          } catch (error) {
            if (error instanceof ApiError && error.status === 409) void freshen?.();
            throw error;
          }
        },
        enabled: () => enabled(...now()) && !underWay?.value,
        ...(initial && { initialData: () => initial(...now()) }),
        ...(keep && { placeholderData: keepPreviousData }),
      });
    };

  /** Pages of a list as a filter narrows it; the page before stays in sight until the next one is there. */
  const list =
    <Query extends object, Answer extends AnyPage>(
      name: string | string[],
      read: (call: { query?: Query; signal?: AbortSignal }) => Promise<Answer>,
      { limit = PAGE_SIZE, ...settings }: QuerySettings<Answer> & { limit?: number } = {},
    ) =>
    (filter: MaybeRefOrGetter<Query>) => {
      /** Everything that the filter leaves, page by page. */
      async function readAll(): Promise<Answer['data']> {
        const rows: Answer['data'] = [];
        let from: object | undefined = { page: 1 };
        for (let page = 2; from; page++) {
          const { data, pagination } = await read({ query: { ...toValue(filter), ...from, limit: LARGEST_PAGE } });
          rows.push(...data);
          const { nextCursor: cursor, total } = pagination;
          // Lists that stop counting lead on by a cursor; the others know how many there are.
          const isWhole = cursor === undefined ? data.length < LARGEST_PAGE || rows.length >= total : cursor === null;
          from = isWhole ? undefined : cursor ? { cursor } : { page };
        }
        return rows;
      }
      const query = useQuery({
        ...settings,
        queryKey: useKey()(...[name].flat(), filter),
        queryFn: ({ signal }) => read({ query: { limit, ...toValue(filter) }, signal }),
        placeholderData: keepPreviousData,
      });
      return { ...query, readAll };
    };

  /** One thing; none while there is no id. */
  const one = <Answer>(
    name: string,
    read: (call: { path: { id: string }; signal: AbortSignal }) => Promise<Answer>,
    settings: Omit<QuerySettings<Answer>, 'enabled'> = {},
  ) =>
    query(name, (call, id: string | undefined) => read({ ...call, path: { id: id! } }), {
      ...settings,
      enabled: Boolean,
    });

  /** Asks again for whatever was fetched under the names; called while a component is set up. */
  function useFreshened(names: string[]): () => Promise<unknown> {
    const client = useQueryClient();
    const key = useKey();
    return () => Promise.all(names.map((name) => client.invalidateQueries({ queryKey: key(name).value })));
  }

  /**
   * A change of server state; nothing is shown before the API has agreed. Agreed or not, whatever was fetched under the
   * names is fetched again: a refusal means that somebody else was faster.
   */
  function useChange<Input, Answer>(send: (input: Input) => Promise<Answer>, ...stale: string[]) {
    return useMutation({ mutationFn: send, onSettled: useFreshened(stale) });
  }

  /**
   * As `useChange`, but done as soon as the API has agreed: until then what was written is kept, and not a moment longer. Who left
   * while the conversation is fetched again would find it in its box, as if it had not been sent.
   */
  function useMessage<Input, Answer>(send: (input: Input) => Promise<Answer>, ...stale: string[]) {
    const freshen = useFreshened(stale);
    return useMutation({ mutationFn: send, onSettled: () => void freshen() });
  }

  return { useKey, query, list, one, useChange, useMessage };
}
