/** Requests to `/api/v1`: the access token added, refreshed once when it has run out, errors as words. */
import type { Locale } from "../contract/entities.ts";
import type { ErrorCode } from "../contract/errors.ts";
import type { Session } from "./session.ts";

/** What the server refused, or that it could not be reached (`code` "offline", `status` 0). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP's; 0 when there was no answer. */
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    readonly code: ErrorCode | "offline",
    message: string,
    answer: { readonly status: number; readonly details?: Readonly<Record<string, unknown>> } = { status: 0 },
  ) {
    super(message);
    this.status = answer.status;
    this.details = answer.details ?? {};
  }

  /** Whether the same request may succeed later. */
  get temporary(): boolean {
    // What `contract/errors.ts` says too, without its texts in three languages in the first load.
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export interface Answer<T> {
  readonly data: T;
  /** Where in the log the data was true; null for what has no events. */
  readonly seq: number | null;
  readonly epoch: string | null;
  readonly nextCursor: string | null;
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface RequestOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

type Method = "GET" | "POST" | "PATCH" | "DELETE";

export class Api {
  constructor(
    readonly session: Session,
    private readonly locale: () => string,
  ) {}

  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer<T>> {
    return this.#request("GET", path, { ...(query && { query }), ...(signal && { signal }) });
  }

  async post<T>(path: string, body: unknown = {}): Promise<T> {
    return (await this.#request<T>("POST", path, { body })).data;
  }

  async patch<T>(path: string, body: unknown): Promise<T> {
    return (await this.#request<T>("PATCH", path, { body })).data;
  }

  async delete(path: string): Promise<void> {
    await this.#request("DELETE", path, {});
  }

  /** Uploads one file; `onProgress` gets 0…1. XMLHttpRequest, since fetch tells nothing about what was sent. */
  async upload<T>(path: string, file: Blob, onProgress: (part: number) => void): Promise<T> {
    const token = await this.session.freshToken();
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", address(path));
      request.setRequestHeader("Accept-Language", this.locale());
      if (token !== null) request.setRequestHeader("Authorization", `Bearer ${token}`);
      request.upload.onprogress = (event) => onProgress(event.total > 0 ? event.loaded / event.total : 0);
      request.onerror = () => reject(offline());
      request.onload = () => {
        const body = parse(request.responseText);
        if (request.status >= 200 && request.status < 300) resolve(body as T);
        else reject(refusal(request.status, body));
      };
      const form = new FormData();
      form.set("file", file);
      request.send(form);
    });
  }

  async #request<T>(method: Method, path: string, options: RequestOptions): Promise<Answer<T>> {
    try {
      return await this.#read<T>(await this.#send(method, path, options));
    } catch (failure) {
      // The token may have been revoked or run out on the way: one new one, then the answer counts.
      if (!isAboutToken(failure) || !this.session.signedIn || !(await this.session.refresh())) throw failure;
      return this.#read(await this.#send(method, path, options));
    }
  }

  async #send(method: Method, path: string, { query, body, signal }: RequestOptions): Promise<Response> {
    const token = await this.session.freshToken();
    const headers: Record<string, string> = { "Accept-Language": this.locale() };
    if (token !== null) headers["Authorization"] = `Bearer ${token}`;
    if (body !== undefined) headers["Content-Type"] = "application/json";
    try {
      return await fetch(address(path, query), {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...(signal && { signal }),
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw offline();
    }
  }

  async #read<T>(response: Response): Promise<Answer<T>> {
    const body = parse(await response.text());
    if (!response.ok) throw refusal(response.status, body);
    const seq = response.headers.get("X-Event-Seq");
    return {
      // The one place where what the server answers becomes a type: it is our own server, of the same version.
      data: body as T,
      seq: seq === null ? null : Number(seq),
      epoch: response.headers.get("X-Event-Epoch"),
      nextCursor: response.headers.get("X-Next-Cursor"),
    };
  }
}

function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return `/api/v1${path}${text === "" ? "" : `?${text}`}`;
}

function parse(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The refusal in an answer's body; a proxy's own error page counts as `unavailable` or `internal`. */
function refusal(status: number, body: unknown): ApiError {
  const error = field(body, "error");
  const code = field(error, "code");
  const message = field(error, "message");
  const details = field(error, "details");
  if (typeof code === "string" && typeof message === "string") {
    return new ApiError(code as ErrorCode, message, { status, details: isRecord(details) ? details : {} });
  }
  const fallback: ErrorCode = status === 502 || status === 503 || status === 504 ? "unavailable" : "internal";
  return new ApiError(fallback, words[fallback][pageLocale()], { status });
}

/** A wrong password is answered 401 too, and each try counts: that one is not repeated. */
function isAboutToken(failure: unknown): boolean {
  return failure instanceof ApiError && failure.status === 401 && failure.code !== "invalid_credentials";
}

function offline(): ApiError {
  return new ApiError("offline", words.offline[pageLocale()]);
}

/** What is said where no answer of ours says it. */
const words = {
  offline: {
    "pt-BR": "Sem conexão com o servidor. Verifique a internet e tente de novo.",
    en: "The server can't be reached. Check the internet connection and try again.",
    es: "No hay conexión con el servidor. Revise internet e intente de nuevo.",
  },
  unavailable: {
    "pt-BR": "O servidor está reiniciando. Nada foi alterado; tente de novo em instantes.",
    en: "The server is restarting. Nothing was changed; try again in a moment.",
    es: "El servidor se está reiniciando. Nada cambió; intente de nuevo en un momento.",
  },
  internal: {
    "pt-BR": "Algo deu errado no servidor. Tente de novo.",
    en: "Something went wrong on the server. Try again.",
    es: "Algo salió mal en el servidor. Intente de nuevo.",
  },
} as const;

function pageLocale(): Locale {
  const { lang } = document.documentElement;
  return lang === "en" || lang === "es" ? lang : "pt-BR";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
