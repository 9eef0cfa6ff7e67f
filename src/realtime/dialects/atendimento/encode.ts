import type { Conversation } from "../../../contract/entities.ts";
import type { Delivery, Dialect, HappeningOf, Room } from "../../dialect.ts";
import { isForOlder, olderStatus } from "../older.ts";
import { ticketFields, toNewMessage, toNotice, toTicket, toTicketMessage } from "./wire.ts";
import { agentStatus, ticketStatus } from "./words.ts";

/** `empresa:{id}:atendentes`, of those who may see what it is about. */
const atendentes: Room = { kind: "audience-attending" };

const roomOf = ({ id }: Pick<Conversation, "id">): Room => ({ kind: "conversation", conversationId: id });

const withTicket = (conversation: Conversation) => ({ ticketId: conversation.id, ...toTicket(conversation) });

const nothing = (): readonly Delivery[] => [];

/** Both generations' names go to disjoint rooms, so that nobody gets one name twice. */
export const events: Dialect["events"] = {
  "message.created"({ message, conversation }) {
    if (!isForOlder(message)) return [];
    const mensagem = toTicketMessage(message, conversation);
    const unassigned = message.direction === "in" && conversation.assignee_id === null;
    const ticket = toTicket(conversation);
    return [
      { room: roomOf(conversation), name: "mensagem:nova", payload: mensagem },
      ...(unassigned
        ? [{ room: atendentes, name: "mensagem:nao-atribuida", payload: { mensagem, ticket } }]
        : []),
      { room: atendentes, name: "nova_mensagem", payload: toNewMessage(message, conversation) },
    ];
  },
  "message.status"({ data, message }) {
    const status = olderStatus(data.status);
    if (!isForOlder(message) || (status !== "delivered" && status !== "read")) return [];
    const payload = { messageId: data.message_id, ticketId: data.conversation_id };
    return [{ room: atendentes, name: `message_${status}`, payload }];
  },
  "message.updated": nothing,
  "message.deleted": nothing,
  "conversation.created"({ conversation }) {
    const payload = toTicket(conversation);
    return [
      { room: atendentes, name: "ticket:novo", payload },
      { room: atendentes, name: "novo_ticket", payload },
    ];
  },
  "conversation.updated"({ conversation, data }) {
    if (!data.fields.some((field) => ticketFields.has(field))) return [];
    const payload = withTicket(conversation);
    return [
      { room: atendentes, name: "ticket:atualizado", payload },
      { room: atendentes, name: "ticket_atualizado", payload },
    ];
  },
  "conversation.assigned"({ conversation, data }) {
    if (data.assignee_id === null) return [];
    const payload = { ...withTicket(conversation), atendenteId: data.assignee_id };
    return [{ room: { kind: "user", userId: data.assignee_id }, name: "ticket:atribuido", payload }];
  },
  "conversation.transferred"({ conversation, data, reason }) {
    const payload = {
      ...withTicket(conversation),
      deAtendenteId: data.from.assignee_id,
      paraAtendenteId: data.to.assignee_id,
      deFilaId: data.from.queue_id,
      paraFilaId: data.to.queue_id,
      ...(reason === null ? {} : { motivo: reason }),
    };
    return [{ room: atendentes, name: "ticket_transferido", payload }];
  },
  "conversation.status"({ conversation, data }) {
    const payload = { ...withTicket(conversation), status: ticketStatus[data.status] };
    const ended = data.status === "resolved" || data.status === "closed";
    return [
      { room: roomOf(conversation), name: "ticket:status", payload },
      ...(ended ? [{ room: atendentes, name: "ticket_encerrado", payload }] : []),
    ];
  },
  "conversation.read": nothing,
  "conversation.deleted": nothing,
  "contact.created": nothing,
  "contact.updated": nothing,
  "contact.merged": nothing,
  "contact.deleted": nothing,
  "channel.created": nothing,
  "channel.updated": nothing,
  "channel.deleted": nothing,
  "channel.status": nothing,
  "channel.qr": nothing,
  "user.updated": nothing,
  "queue.updated": nothing,
  "label.updated": nothing,
  notification({ notification }) {
    const { user_id: userId } = notification;
    const room: Room = userId === null ? { kind: "company" } : { kind: "user", userId };
    return [{ room, name: "notificacao", payload: toNotice(notification) }];
  },
  "bulk.changed": nothing,
};

export const happenings: Dialect["happenings"] = {
  typing({ by, conversationId, typing }) {
    // The reference has no word for the end of typing: its clients clear it by themselves.
    if (!typing) return [];
    const payload = { ticketId: conversationId, usuarioId: by.id, usuarioNome: by.name };
    return [
      { room: { kind: "conversation", conversationId }, name: "mensagem:digitando", payload },
      { room: atendentes, name: "user_typing", payload: { ticketId: conversationId, userName: by.name } },
    ];
  },
  presence: presenceDeliveries,
  viewing: nothing,
  // For those who asked to resume: the others know no such event.
  tick: ({ seq }) => [{ room: { kind: "company" }, forms: ["sequenced"], name: "tick", payload: { seq } }],
};

function presenceDeliveries(change: HappeningOf<"presence">): readonly Delivery[] {
  const { userId, name, presence, cause, at } = change;
  const room: Room = { kind: "attending" };
  const person = { atendenteId: userId, atendenteNome: name, timestamp: at };
  const status = { room, name: "atendente:status", payload: { ...person, status: agentStatus[presence] } };
  if (cause === "choice") return [status];
  if (presence === "offline") return [{ room, name: "atendente:offline", payload: person }];
  return [
    { room, name: "atendente:online", payload: person },
    { room, name: "agent_online", payload: { agentId: userId } },
    // He was busy or away when he left, and still is.
    ...(presence === "online" ? [] : [status]),
  ];
}
