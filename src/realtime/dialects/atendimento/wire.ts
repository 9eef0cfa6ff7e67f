/** Payloads of this dialect, as its two generations of front ends read them. */
import type { Attachment, Conversation, Message, Notification } from "../../../contract/entities.ts";
import { kindOf, messageStatus, ticketPriority, ticketStatus } from "./words.ts";

export interface Ticket {
  readonly id: string;
  /** A string, though it counts up. */
  readonly numero: string;
  readonly empresaId: string;
  readonly clienteId: string;
  readonly canalId: string;
  readonly filaId: string | null;
  readonly atendenteId?: string;
  readonly status: (typeof ticketStatus)[keyof typeof ticketStatus];
  readonly prioridade: (typeof ticketPriority)[keyof typeof ticketPriority];
  readonly assunto?: string;
  readonly descricao?: string;
  readonly criadoEm: string;
}

/** The conversation's keys that a `Ticket` shows: a change of another one is no news here. */
export const ticketFields: ReadonlySet<keyof Conversation> = new Set([
  "number",
  "contact_id",
  "channel_id",
  "queue_id",
  "assignee_id",
  "status",
  "priority",
  "subject",
  "description",
]);

export function toTicket(conversation: Conversation): Ticket {
  return {
    id: conversation.id,
    numero: String(conversation.number),
    empresaId: conversation.tenant_id,
    clienteId: conversation.contact_id,
    canalId: conversation.channel_id,
    filaId: conversation.queue_id,
    ...(conversation.assignee_id === null ? {} : { atendenteId: conversation.assignee_id }),
    status: ticketStatus[conversation.status],
    prioridade: ticketPriority[conversation.priority],
    ...(conversation.subject === "" ? {} : { assunto: conversation.subject }),
    ...(conversation.description === "" ? {} : { descricao: conversation.description }),
    criadoEm: conversation.created_at,
  };
}

export interface TicketMessage {
  readonly id: string;
  readonly ticketId: string;
  readonly ticketNumero: string;
  readonly remetenteId: string;
  readonly atendenteId?: string;
  readonly tipo: ReturnType<typeof kindOf>;
  readonly conteudo: string;
  readonly metadados?: Readonly<Record<string, unknown>>;
  readonly criadoEm: string;
}

/** `mensagem:nova`, the first generation's. */
export function toTicketMessage(message: Message, conversation: Conversation): TicketMessage {
  const { attachments, metadata } = message;
  const metadados = attachments.length === 0 ? metadata : { ...metadata, anexos: attachments };
  return {
    id: message.id,
    ticketId: conversation.id,
    ticketNumero: String(conversation.number),
    remetenteId: senderId(message, conversation),
    ...(conversation.assignee_id === null ? {} : { atendenteId: conversation.assignee_id }),
    tipo: kindOf(message.message_type),
    conteudo: message.content,
    ...(Object.keys(metadados).length === 0 ? {} : { metadados }),
    criadoEm: message.created_at,
  };
}

export interface NewMessage {
  readonly id: string;
  readonly ticketId: string;
  readonly remetente: {
    readonly id: string;
    readonly nome: string;
    readonly foto: string | null;
    readonly tipo: "cliente" | "atendente";
  };
  readonly conteudo: string;
  readonly timestamp: string;
  readonly status: ReturnType<typeof messageStatus>;
  readonly anexos: readonly Attachment[];
}

/** `nova_mensagem`, the second generation's. */
export function toNewMessage(message: Message, conversation: Conversation): NewMessage {
  const fromContact = message.direction === "in";
  return {
    id: message.id,
    ticketId: conversation.id,
    remetente: {
      id: senderId(message, conversation),
      nome: message.sender_name,
      foto: fromContact ? conversation.contact.avatar_url : null,
      tipo: fromContact ? "cliente" : "atendente",
    },
    conteudo: message.content,
    timestamp: message.created_at,
    status: messageStatus(message),
    anexos: message.attachments,
  };
}

/** What was sent from the business's own phone names no user: then the company speaks. */
function senderId(message: Message, conversation: Conversation): string {
  if (message.sender_id !== null) return message.sender_id;
  return message.direction === "in" ? conversation.contact_id : conversation.tenant_id;
}

export function toNotice(notification: Notification) {
  return {
    tipo: notification.kind,
    mensagem: notification.text,
    dados: notification.data,
    timestamp: notification.created_at,
  };
}
