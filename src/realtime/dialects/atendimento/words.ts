/** The Portuguese words of this dialect's wire (realtime.md, "Dialect `atendimento`"). */
import type {
  ConversationStatus,
  Message,
  MessageType,
  Presence,
  Priority,
} from "../../../contract/entities.ts";
import { type OlderStatus, olderStatus } from "../older.ts";

export const ticketStatus = {
  active: "aberto",
  assigned: "em_atendimento",
  waiting: "aguardando_cliente",
  resolved: "resolvido",
  closed: "fechado",
} as const satisfies Record<ConversationStatus, string>;

export const ticketPriority = {
  low: "baixa",
  normal: "normal",
  high: "alta",
  urgent: "urgente",
} as const satisfies Record<Priority, string>;

export const agentStatus = {
  online: "online",
  busy: "ocupado",
  away: "ausente",
  offline: "offline",
} as const satisfies Record<Presence, string>;

export type AgentStatus = (typeof agentStatus)[Presence];

const presences: Readonly<Record<AgentStatus, Presence>> = {
  online: "online",
  ocupado: "busy",
  ausente: "away",
  offline: "offline",
};

export function presenceOf(status: AgentStatus): Presence {
  return presences[status];
}

/** What is neither text nor a file is text with a readable content. */
export function kindOf(type: MessageType): "texto" | "imagem" | "audio" | "video" | "arquivo" {
  switch (type) {
    case "image":
    case "sticker":
      return "imagem";
    case "audio":
      return "audio";
    case "video":
      return "video";
    case "document":
      return "arquivo";
    case "text":
    case "location":
    case "contacts":
    case "interactive":
    case "template":
    case "reaction":
    case "note":
    case "system":
      return "texto";
  }
}

const sentStatus = {
  pending: "enviando",
  sent: "enviado",
  delivered: "entregue",
  read: "lido",
  failed: "falhou",
} as const satisfies Record<OlderStatus, string>;

/** A contact's message is `lido` from the start: its status is about the way out. */
export function messageStatus({ direction, status }: Message): (typeof sentStatus)[OlderStatus] {
  return direction === "in" ? "lido" : sentStatus[olderStatus(status)];
}
