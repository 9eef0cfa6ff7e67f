/**
 * How far each list of conversations has been loaded. A list shows what the store holds down to its own floor: below
 * it the store may have conversations of other lists, with holes between them.
 */
import type { Conversation } from "../contract/entities.ts";
import type { Api, Query } from "./api.ts";
import { activityOf, askedStatuses, type Filter, keyOf } from "./filters.ts";
import { Observable } from "./observable.ts";
import type { Store } from "./store.ts";

export interface ListState {
  readonly loading: boolean;
  readonly failed: boolean;
  /** Nothing older than this instant is shown; "" when all is loaded, null before the first page. */
  readonly floor: string | null;
}

const unknown: ListState = { loading: false, failed: false, floor: null };
const PAGE = 50;

export class Lists extends Observable<ReadonlyMap<string, ListState>> {
  readonly #cursors = new Map<string, string>();

  constructor(
    private readonly api: Api,
    private readonly store: Store,
  ) {
    super(new Map());
  }

  stateOf(filter: Filter): ListState {
    return this.value.get(keyOf(filter)) ?? unknown;
  }

  /** Loads the first page where there is none. */
  async open(filter: Filter): Promise<void> {
    if (this.stateOf(filter).floor === null) await this.more(filter);
  }

  /** Loads the next page, when there is one and none is on its way. */
  async more(filter: Filter): Promise<void> {
    const key = keyOf(filter);
    const state = this.stateOf(filter);
    if (state.loading || state.floor === "") return;
    this.#put(key, { ...state, loading: true, failed: false });
    try {
      const { data, nextCursor } = await this.store.load(
        () => this.api.get<readonly Conversation[]>("/conversations", this.#query(filter)),
        (conversations) => ({ conversations }),
      );
      const last = data.at(-1);
      if (nextCursor !== null) this.#cursors.set(key, nextCursor);
      const floor = nextCursor !== null && last ? activityOf(last) : "";
      this.#put(key, { loading: false, failed: false, floor });
    } catch {
      this.#put(key, { ...state, loading: false, failed: true });
    }
  }

  /** After everything was dropped: each list begins anew when it is looked at. */
  forget(): void {
    this.#cursors.clear();
    this.set(new Map());
  }

  #query(filter: Filter): Query {
    const { scope, stage, queueId, labelId, channelId } = filter;
    return {
      status: askedStatuses(stage),
      assignee_id: { mine: "me", unassigned: "none", all: undefined }[scope],
      queue_id: queueId,
      label: labelId,
      channel_id: channelId,
      limit: PAGE,
      cursor: this.#cursors.get(keyOf(filter)),
    };
  }

  #put(key: string, state: ListState): void {
    this.set(new Map(this.value).set(key, state));
  }
}
