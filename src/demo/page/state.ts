import type { DemoUser, FaultName, Frame, Persona, PhoneMessage, RefusalCode } from "../phone/protocol.ts";

export interface PhoneState {
  readonly connected: boolean;
  readonly business: string;
  /** The product's origin; empty until it is known. */
  readonly inbox: string;
  readonly users: readonly DemoUser[];
  readonly personas: readonly Persona[];
  readonly faults: readonly FaultName[];
  /** Whose phone is in the hand; null while one chooses. */
  readonly open: string | null;
  readonly messages: readonly PhoneMessage[];
  /** What came for the others meanwhile, by persona. */
  readonly unread: Readonly<Record<string, number>>;
  /** When the business was last seen typing to the one who is open; milliseconds since 1970, 0 for never. */
  readonly typingSince: number;
  readonly refusal: RefusalCode | null;
}

export const nothingYet: PhoneState = {
  connected: false,
  business: "",
  inbox: "",
  users: [],
  personas: [],
  faults: [],
  open: null,
  messages: [],
  unread: {},
  typingSince: 0,
  refusal: null,
};

export type Happening =
  | Frame
  | { readonly type: "cut" }
  | { readonly type: "opened"; readonly persona: string }
  | { readonly type: "left" }
  | { readonly type: "understood" };

/** What the page shows after something happened; `now` in milliseconds since 1970. */
export function happened(
  state: PhoneState,
  { event, now }: { readonly event: Happening; readonly now: number },
): PhoneState {
  switch (event.type) {
    case "hello": {
      const { business, inbox, users, personas, faults } = event;
      return { ...state, connected: true, business, inbox, users, personas, faults };
    }
    case "cut":
      return { ...state, connected: false };
    case "opened":
      return {
        ...state,
        open: event.persona,
        messages: state.open === event.persona ? state.messages : [],
        unread: { ...state.unread, [event.persona]: 0 },
        typingSince: 0,
      };
    case "left":
      return { ...state, open: null, messages: [] };
    case "chat":
      return event.persona === state.open ? { ...state, messages: event.messages } : state;
    case "message":
      return withMessage(state, event);
    case "persona":
      return {
        ...state,
        personas: [...state.personas.filter(({ id }) => id !== event.persona.id), event.persona],
      };
    case "typing":
      return event.persona === state.open ? { ...state, typingSince: now } : state;
    case "faults":
      return { ...state, faults: event.faults };
    case "refused":
      return { ...state, refusal: event.code };
    case "understood":
      return { ...state, refusal: null };
  }
}

function withMessage(
  state: PhoneState,
  { persona, message }: { readonly persona: string; readonly message: PhoneMessage },
): PhoneState {
  if (persona === state.open) {
    const typingSince = message.from === "business" ? 0 : state.typingSince;
    return { ...state, messages: placed(state.messages, message), typingSince };
  }
  const isNew =
    message.from === "business" && Object.values(message.reactions).every((emoji) => emoji === null);
  if (!isNew) return state;
  return { ...state, unread: { ...state.unread, [persona]: (state.unread[persona] ?? 0) + 1 } };
}

/** In the place of what it was, or at the end. */
function placed(messages: readonly PhoneMessage[], message: PhoneMessage): readonly PhoneMessage[] {
  const known = messages.some(({ id }) => id === message.id);
  return known ? messages.map((old) => (old.id === message.id ? message : old)) : [...messages, message];
}
