import { z } from "zod";

const signIn = z.object({ access_token: z.string() });

/** The product refused a request, which in the demo is a bug of the one or of the other. */
export class ProductRefusal extends Error {
  override readonly name = "ProductRefusal";

  constructor(
    readonly request: string,
    readonly status: number,
    answer: string,
  ) {
    super(`${request} was answered ${status}: ${answer.slice(0, 300)}`);
  }
}

interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The product's API as one user calls it over HTTP, as any integration does. */
export class ProductApi {
  #token: string | undefined;

  constructor(
    private readonly url: string,
    private readonly credentials: Credentials,
  ) {}

  /** Paths are below `/api/v1`. Throws `ProductRefusal`, and zod's error when the answer is not as expected. */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.#call("GET", path));
  }

  async post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.#call("POST", path, body));
  }

  async patch(path: string, body: unknown): Promise<void> {
    await this.#call("PATCH", path, body);
  }

  /** Signs in when it has to: at first, and when the token has run out, which two played days see several times. */
  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const address = `${this.url}/api/v1${path}`;
    const token = this.#token ?? (await this.#signIn());
    try {
      return await call(address, { method, body, token });
    } catch (error) {
      if (!(error instanceof ProductRefusal) || error.status !== 401) throw error;
      return call(address, { method, body, token: await this.#signIn() });
    }
  }

  async #signIn(): Promise<string> {
    const answer = await call(`${this.url}/api/v1/auth/login`, { method: "POST", body: this.credentials });
    this.#token = signIn.parse(answer).access_token;
    return this.#token;
  }
}

interface Call {
  readonly method: string;
  readonly body?: unknown;
  readonly token?: string;
}

async function call(address: string, { method, body, token }: Call): Promise<unknown> {
  const isForm = body instanceof FormData;
  const response = await fetch(address, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined || isForm ? {} : { "Content-Type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new ProductRefusal(`${method} ${new URL(address).pathname}`, response.status, text);
  return text === "" ? undefined : JSON.parse(text);
}

/** The answers' parts that the demo looks at. */
export const withId = z.object({ id: z.string() });
export const anything = z.unknown();
