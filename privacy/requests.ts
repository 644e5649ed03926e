import { AppError, type ChannelName, type Clock, type Engine, type OfficerRef, type Stored } from '../core';

export const requestKinds = [
  'access',
  'correction',
  'erasure',
  'restriction',
  'objection',
  'portability',
] as const;
export type RequestKind = (typeof requestKinds)[number];

/** A request of a person for one of their rights: who asked for what, and what became of it. */
export interface DataRequest extends Stored {
  readonly kind: RequestKind;
  /** Where it came from; absent when it was made at a counter. */
  readonly addressId?: string;
  readonly personId: string;
  readonly agencyId: string;
  readonly channel: ChannelName;
  readonly state: 'received' | 'identified' | 'running' | 'done' | 'refused';
  readonly receivedAt: number;
  /** 30 days after it came in: section 30. */
  readonly dueAt: number;
  readonly steps: readonly {
    readonly at: number;
    readonly by: OfficerRef | { readonly id: 'system'; readonly name: 'system' };
    readonly what: string;
  }[];
  /** Of an erasure: what was removed, by collection; and while it runs, what it is about, to go on after a crash. */
  readonly removed?: Readonly<Record<string, number>>;
  readonly again?: {
    readonly personIds: readonly string[];
    readonly addressIds: readonly string[];
    readonly conversationIds: readonly string[];
  };
}

export type RequestChange = Partial<Omit<DataRequest, 'id' | 'version' | 'steps' | 'again'>> & {
  readonly again?: DataRequest['again'] | null;
};

const answerWithinMs = 30 * 24 * 60 * 60 * 1000;

export interface DataRequests {
  /** The same id again changes nothing. */
  receive(
    request: Pick<DataRequest, 'id' | 'kind' | 'personId' | 'agencyId' | 'channel' | 'addressId'>,
    at: number,
  ): Promise<DataRequest>;
  get(id: string): Promise<DataRequest>;
  /** Open ones by due date, or all, newest first. */
  list(open: boolean, limit: number): Promise<readonly DataRequest[]>;
  /** One step, by compare-and-set; refuses one that does not follow from the state. */
  step(
    id: string,
    from: readonly DataRequest['state'][],
    change: RequestChange,
    what: string,
    by?: OfficerRef,
  ): Promise<DataRequest>;
  /** Erasures that were cut off in the middle. */
  unfinished(): Promise<readonly DataRequest[]>;
}

const system = { id: 'system', name: 'system' } as const;
const isOpen = ({ state }: DataRequest): boolean => state !== 'done' && state !== 'refused';

export function createRequests(engine: Engine, clock: Clock): DataRequests {
  const records = engine.collection<DataRequest>({
    name: 'data-requests',
    revision: 1,
    keeps: {
      purpose: 'rights',
      basis: 'legal-obligation',
      retention: 'requests',
      personal: ['personId', 'addressId', 'steps'],
      ages: 'ended',
    },
    indexes: {
      ended: request =>
        isOpen(request) ? undefined : [request.steps.at(-1)?.at ?? request.receivedAt, request.id],
      open: request => (isOpen(request) ? [request.dueAt] : undefined),
      all: request => [request.receivedAt],
      again: request => (request.again ? [request.receivedAt] : undefined),
    },
  });

  async function get(id: string): Promise<DataRequest> {
    const request = await records.get(id);
    if (!request) throw new AppError('NOT_FOUND', 'There is no such request.');
    return request;
  }

  return {
    get,
    async receive(request, at) {
      await records.insert({
        ...request,
        state: 'received',
        receivedAt: at,
        dueAt: at + answerWithinMs,
        steps: [{ at, by: system, what: 'received' }],
      });
      return get(request.id);
    },
    async list(open, limit) {
      return open
        ? (await records.scan({ index: 'open', limit })).records
        : (await records.scan({ index: 'all', limit, descending: true })).records;
    },
    async step(id, from, { again, ...change }, what, by) {
      for (;;) {
        const { again: before, ...request } = await get(id);
        if (!from.includes(request.state))
          throw new AppError('CONFLICT', `This request is ${request.state}; that step is not possible now.`);
        const next = again === undefined ? before : (again ?? undefined);
        const changed: DataRequest = {
          ...request,
          ...change,
          ...(next ? { again: next } : {}),
          steps: [...request.steps, { at: clock(), by: by ?? system, what }],
        };
        if (await records.replace(changed)) return { ...changed, version: changed.version + 1 };
      }
    },
    unfinished: async () => (await records.scan({ index: 'again', limit: 200 })).records,
  };
}
