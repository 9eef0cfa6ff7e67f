/** The numbers beside the filters. The server counts; events only say that it is time to ask again. */
import type { Api } from "./api.ts";
import { Observable } from "./observable.ts";

/** `GET /conversations/counts`. */
export interface ConversationCounts {
  readonly active: number;
  readonly assigned: number;
  readonly waiting: number;
  readonly resolved: number;
  readonly closed: number;
  readonly mine: number;
  readonly unassigned: number;
  readonly unread: number;
}

/** Events come in bursts: one request for all that happen within this time, in milliseconds. */
const GATHER = 800;

export class Counts extends Observable<ConversationCounts | null> {
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Api) {
    super(null);
  }

  soon(): void {
    this.#timer ??= setTimeout(() => void this.#load(), this.value ? GATHER : 0);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async #load(): Promise<void> {
    this.#timer = undefined;
    try {
      this.set((await this.api.get<ConversationCounts>("/conversations/counts")).data);
    } catch {
      // Old numbers stay; the next event asks again.
    }
  }
}
