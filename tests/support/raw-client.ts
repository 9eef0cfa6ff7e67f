import { eventually } from "./wait.ts";

/** A frame as a browser gets it: parsed JSON, nothing known of it. */
export interface AnyFrame {
  readonly type: string;
  readonly seq?: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface RawClientOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields of the `auth` message that is sent on opening; none is sent when missing. */
  readonly auth?: Readonly<Record<string, unknown>>;
}

/** A plain WebSocket client that keeps every frame in order. */
export class RawClient implements AsyncDisposable {
  readonly frames: AnyFrame[] = [];
  readonly socket: WebSocket;
  closed: { readonly code: number; readonly reason: string } | undefined;

  constructor(url: string, options: RawClientOptions = {}) {
    this.socket = new WebSocket(url, { headers: { ...options.headers } });
    this.socket.onopen = () => {
      if (options.auth) this.send("auth", options.auth);
    };
    this.socket.onmessage = (event) => this.frames.push(parseFrame(String(event.data)));
    this.socket.onclose = ({ code, reason }) => {
      this.closed = { code, reason };
    };
  }

  send(type: string, data: Readonly<Record<string, unknown>> = {}): void {
    this.sendText(JSON.stringify({ type, data }));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** Frames of one type. */
  of(type: string): readonly AnyFrame[] {
    return this.frames.filter((frame) => frame.type === type);
  }

  /** The first frame of this type that fits, now or later. */
  waitFor(
    type: string,
    fits: (frame: AnyFrame) => boolean = () => true,
    deadlineMs = 10_000,
  ): Promise<AnyFrame> {
    return eventually(
      `the frame ${type}`,
      () => {
        if (this.closed && !this.frames.some((frame) => frame.type === type && fits(frame))) {
          throw new Error(`closed with ${this.closed.code} before the frame ${type}`);
        }
        return this.frames.find((frame) => frame.type === type && fits(frame));
      },
      deadlineMs,
    );
  }

  waitForClose(deadlineMs = 10_000): Promise<{ readonly code: number; readonly reason: string }> {
    return eventually("the end of the connection", () => this.closed, deadlineMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.close();
    await this.waitForClose().catch(() => this.socket.terminate());
  }
}

function parseFrame(text: string): AnyFrame {
  // The edge at which a test reads the wire.
  return JSON.parse(text) as AnyFrame;
}
