import { emptyState, type State } from "../../src/contract/apply.ts";
import type {
  Channel,
  Contact,
  Conversation,
  Label,
  Message,
  Queue,
  User,
} from "../../src/contract/entities.ts";
import type { Answer } from "../support/api.ts";
import type { Office, Seat } from "./office.ts";

/** The most messages that one answer holds. */
const PAGE = 500;

/** All that somebody sees, and the one place in the log at which all of it was true. */
export interface Loaded {
  readonly state: State;
  readonly seq: number;
  readonly epoch: string;
}

/** Loads every list over the API, as the agent UI does; again while something changes in between. */
export async function loadAll(office: Office, seat: Seat): Promise<Loaded> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answers: Answer[] = [];
    const state = await loadOnce(office, seat, answers);
    const seqs = new Set(answers.map(({ headers }) => headers.get("X-Event-Seq")));
    const [seq] = seqs;
    if (state === null || seqs.size !== 1) continue;
    const epoch = answers[0]?.headers.get("X-Event-Epoch") ?? "";
    return { state, seq: Number(seq), epoch };
  }
  throw new Error("the company never came to rest");
}

/** Null where something was there no more. Collects the answers, for what stands in their headers. */
async function loadOnce(office: Office, seat: Seat, answers: Answer[]): Promise<State | null> {
  const pages = async <T>(path: string): Promise<readonly T[]> => {
    const found: T[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const next: Answer = await office.ask(seat, `GET ${path}${cursor && `&cursor=${cursor}`}`);
      answers.push(next);
      // The wire's entities are what this test is about; their types are the contract's.
      found.push(...((next.status === 200 ? next.body : []) as readonly T[]));
      cursor = next.headers.get("X-Next-Cursor");
    }
    return found;
  };
  const thread = async (id: string): Promise<readonly Message[]> => {
    const found: Message[] = [];
    for (let before = ""; ;) {
      const page = await pages<Message>(`/api/v1/conversations/${id}/messages?limit=${PAGE}${before}`);
      found.unshift(...page);
      if (page.length < PAGE) return found;
      before = `&before=${page[0]?.id}`;
    }
  };
  const conversations = await pages<Conversation>("/api/v1/conversations?status=all&limit=100");
  const [contacts, channels, users, queues, labels, threads] = await Promise.all([
    pages<Contact>("/api/v1/contacts?limit=100"),
    pages<Channel>("/api/v1/channels?"),
    pages<User>("/api/v1/users?"),
    pages<Queue>("/api/v1/queues?"),
    pages<Label>("/api/v1/labels?"),
    Promise.all(conversations.map(async ({ id }) => [id, await thread(id)] as const)),
  ]);
  if (answers.some(({ status }) => status !== 200)) return null;
  return {
    ...emptyState,
    conversations: byId(conversations),
    threads: new Map(threads.map(([id, messages]) => [id, byId(messages)])),
    contacts: byId(contacts),
    channels: byId(channels),
    users: byId(users),
    queues: byId(queues),
    labels: byId(labels),
  };
}

function byId<Id, T extends { readonly id: Id }>(list: readonly T[]): ReadonlyMap<T["id"], T> {
  return new Map(list.map((each) => [each.id, each]));
}
