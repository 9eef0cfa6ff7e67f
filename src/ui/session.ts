/** Who is signed in. The access token lives in memory only; a reload gets a new one through the refresh cookie. */
import type { User } from "../contract/entities.ts";
import { backoffMs } from "./backoff.ts";
import { Observable } from "./observable.ts";

export interface TokenAnswer {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly user: User;
}

export type SessionState =
  | { readonly at: "starting" } /** `ended`: by the server, while somebody was at work. */
  | { readonly at: "out"; readonly ended: boolean }
  | { readonly at: "in"; readonly user: User };

/** A token is renewed this long before it ends, in milliseconds, so that none runs out on its way. */
const EARLY = 120_000;

/** Says that there may be a cookie, which a script can't see; without it a first visit asks for nothing in vain. */
const hint = "balcao:signed-in";
/** The same, said by a page that signs somebody in for this one: the demo's. */
const hintInAddress = "#signed-in";

export class Session extends Observable<SessionState> {
  #token: { readonly text: string; readonly endsAt: number } | undefined;
  #refreshing: Promise<boolean> | undefined;

  constructor() {
    super({ at: "starting" });
  }

  /** Finds out whether this browser is signed in still. */
  async begin(): Promise<void> {
    const mayBeIn = localStorage.getItem(hint) !== null || location.hash === hintInAddress;
    if (!mayBeIn) return this.set({ at: "out", ended: false });
    for (let attempt = 0; !(await this.refresh()) && this.value.at === "starting"; attempt++) {
      await new Promise((done) => setTimeout(done, backoffMs(attempt)));
    }
  }

  get signedIn(): boolean {
    return this.value.at === "in";
  }

  /** A token that holds a little longer, or null when nobody is signed in. */
  async freshToken(): Promise<string | null> {
    if (this.#token && this.#token.endsAt - EARLY < Date.now()) await this.refresh();
    return this.#token?.text ?? null;
  }

  /** Asks for a new token by the cookie; parallel callers share one request. False when signed out. */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Takes the answer of a sign-in, of the set-up or of an accepted invitation. */
  enter(answer: TokenAnswer): void {
    this.#keep(answer);
    this.set({ at: "in", user: answer.user });
  }

  /** Forgets the token, here only; `POST /auth/logout` is the caller's. */
  leave(ended = false): void {
    this.#token = undefined;
    localStorage.removeItem(hint);
    this.set({ at: "out", ended });
  }

  #keep(answer: TokenAnswer): void {
    localStorage.setItem(hint, "1");
    this.#token = { text: answer.access_token, endsAt: Date.now() + answer.expires_in * 1000 };
  }

  async #refresh(): Promise<boolean> {
    let response: Response;
    try {
      response = await fetch("/api/v1/auth/refresh", { method: "POST" });
    } catch {
      // Offline says nothing about the session: what is on the screen stays there.
      return false;
    }
    if (response.ok) {
      const answer = (await response.json()) as TokenAnswer;
      this.#keep(answer);
      if (this.value.at !== "in") this.set({ at: "in", user: answer.user });
      return true;
    }
    if (response.status === 401 || response.status === 403) this.leave(this.value.at === "in");
    return false;
  }
}
