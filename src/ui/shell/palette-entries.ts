import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Conversation } from "../../contract/entities.ts";
import type { ConversationId } from "../../contract/ids.ts";
import { activityOf } from "../filters.ts";
import { useDesk, useStore } from "../hooks.ts";
import { searchText } from "../inbox/list-choice.ts";
import { phoneText } from "../kit/format.ts";
import { plain } from "../kit/plain.ts";
import { starting } from "../start/starting.ts";
import { can, run } from "./commands.ts";
import { go } from "./go.ts";
import { keyOf } from "./Keyboard.tsx";
import { overlay } from "./overlay.ts";
import { prefer, preferences } from "./preferences.ts";

/** A line of the palette. */
export interface Entry {
  readonly id: string;
  readonly text: string;
  readonly detail?: string;
  readonly person?: boolean;
  readonly keyHint?: string;
  readonly act: () => void;
}

/** People at most. */
const MOST = 8;
/** Shorter than this is no search through all messages. */
const SHORTEST = 2;

/** Conversations first, as that is what is looked for most; then what can be done here, then the screens. */
export function useEntries(query: string): readonly Entry[] {
  const { t } = useTranslation();
  const attends = useDesk().may("attend");
  const conversations = useStore((state) => state.conversations);
  return useMemo(() => {
    const wanted = plain(query);
    const fixed = [...commandsOf(t), ...actionsOf(t, attends), ...placesOf(t)];
    return [
      ...peopleOf(conversations, query),
      ...fixed.filter(({ text }) => plain(text).includes(wanted)),
      ...everywhere(t, query.trim()),
    ];
  }, [attends, conversations, query, t]);
}

function peopleOf(conversations: ReadonlyMap<ConversationId, Conversation>, query: string): readonly Entry[] {
  const wanted = plain(query);
  const digits = query.replace(/\D/g, "");
  return [...conversations.values()]
    .filter(
      ({ contact }) =>
        plain(contact.name).includes(wanted) ||
        (digits !== "" && (contact.phone ?? "").replace(/\D/g, "").includes(digits)),
    )
    .toSorted((a, b) => (activityOf(a) < activityOf(b) ? 1 : -1))
    .slice(0, MOST)
    .map(({ id, contact, number }) => ({
      id,
      text: contact.name,
      detail: `${contact.phone ? phoneText(contact.phone) : ""} #${number}`,
      person: true,
      act: () => go(`/conversations/${id}`),
    }));
}

/** What the screen behind the palette can do now. */
function commandsOf(t: TFunction): readonly Entry[] {
  const all = ["reply", "note", "assign", "transfer", "resolve", "next", "previous", "search"] as const;
  return all.filter(can).map((command) => ({
    id: command,
    text: t(`keys.${command}`),
    keyHint: keyOf[command],
    act: () => void run(command),
  }));
}

function actionsOf(t: TFunction, attends: boolean): readonly Entry[] {
  const { sound, density } = preferences.value;
  const comfortable = density === "comfortable";
  const begin = { id: "start", text: t("start.title"), act: () => starting.set({ contact: null }) };
  return [
    ...(attends ? [begin] : []),
    {
      id: "sound",
      text: t(sound ? "nav.soundOff" : "nav.soundOn"),
      act: () => prefer({ sound: !sound }),
    },
    {
      id: "density",
      text: t(comfortable ? "nav.compact" : "nav.comfortable"),
      act: () => prefer({ density: comfortable ? "compact" : "comfortable" }),
    },
    { id: "keys", text: t("nav.keys"), keyHint: "?", act: () => overlay.set("keys") },
  ];
}

function placesOf(t: TFunction): readonly Entry[] {
  const inbox = { id: "/", text: t("nav.inbox"), keyHint: "g i", act: () => go("/") };
  const others = [
    ["/contacts", t("nav.contacts")],
    ["/settings", t("nav.settings")],
    ["/settings/profile", t("nav.profile")],
  ] as const;
  return [inbox, ...others.map(([path, text]) => ({ id: path, text, act: () => go(path) }))];
}

/** People and messages that this browser has not loaded are the server's to find. */
function everywhere(t: TFunction, query: string): readonly Entry[] {
  if (query.length < SHORTEST) return [];
  const act = () => {
    searchText.set(query);
    go("/");
  };
  return [{ id: "everywhere", text: t("palette.everywhere", { query }), act }];
}
