/** Every text of the page, in the browser's language where we have it. */
import type { FaultName, RefusalCode, SampleName } from "../phone/protocol.ts";

interface Words {
  readonly inbox: string;
  readonly phone: string;
  readonly phoneOf: string;
  readonly attendAs: string;
  readonly roles: Readonly<Record<string, string>>;
  readonly openAlone: string;
  readonly who: string;
  readonly newCustomer: string;
  readonly name: string;
  readonly begin: string;
  readonly back: string;
  readonly online: string;
  readonly typing: string;
  readonly empty: string;
  readonly write: string;
  readonly send: string;
  readonly attach: string;
  readonly pickPhoto: string;
  readonly samples: Readonly<Record<SampleName, string>>;
  readonly actions: string;
  readonly reply: string;
  readonly replyingTo: string;
  readonly cancelReply: string;
  readonly react: string;
  readonly unreact: string;
  readonly remove: string;
  readonly deleted: string;
  readonly you: string;
  readonly ticks: Readonly<Record<"sending" | "delivered" | "read", string>>;
  readonly unread: (count: number) => string;
  readonly today: string;
  readonly yesterday: string;
  readonly media: Readonly<Record<"image" | "video" | "audio" | "document" | "sticker", string>>;
  readonly wrong: string;
  readonly wrongAbout: string;
  readonly close: string;
  readonly faults: Readonly<Record<FaultName, { readonly title: string; readonly about: string }>>;
  readonly refusals: Readonly<Record<RefusalCode, string>>;
  readonly offline: string;
}

const portuguese: Words = {
  inbox: "Caixa de entrada",
  phone: "Telefone",
  phoneOf: "Telefone do cliente",
  attendAs: "Atendendo como",
  roles: { admin: "dona", supervisor: "supervisora", agent: "atendente", viewer: "só consulta" },
  openAlone: "Abrir só a caixa de entrada",
  who: "Quem é você?",
  newCustomer: "Cliente novo",
  name: "Seu nome",
  begin: "Começar",
  back: "Voltar",
  online: "online",
  typing: "digitando…",
  empty: "Escreva como se fosse o cliente. A mensagem aparece na caixa de entrada.",
  write: "Mensagem",
  send: "Enviar",
  attach: "Anexar",
  pickPhoto: "Escolher arquivo",
  samples: { photo: "Foto", voice: "Áudio", document: "Documento", place: "Localização" },
  actions: "Ações da mensagem",
  reply: "Responder",
  replyingTo: "Respondendo",
  cancelReply: "Não responder a esta",
  react: "Reagir com",
  unreact: "Tirar a reação",
  remove: "Apagar",
  deleted: "Mensagem apagada",
  you: "Você",
  ticks: { sending: "enviando", delivered: "entregue", read: "lida" },
  unread: (count) => (count === 1 ? "1 mensagem nova" : `${count} mensagens novas`),
  today: "Hoje",
  yesterday: "Ontem",
  media: { image: "Foto", video: "Vídeo", audio: "Áudio", document: "Documento", sticker: "Figurinha" },
  wrong: "E se der errado?",
  wrongAbout: "Vale para a próxima mensagem que o atendente enviar.",
  close: "Fechar",
  faults: {
    slow: { title: "WhatsApp lento", about: "a resposta demora 5 segundos" },
    error: { title: "Erro 500", about: "falha uma vez, o envio é repetido" },
    window: { title: "Fora das 24 horas", about: "recusada: só modelos são aceitos" },
    limit: { title: "Limite de envios", about: "mensagens demais, espera e repete" },
    undelivered: { title: "Não entregue", about: "aceita, mas não chega ao telefone" },
    cut: { title: "Conexão cortada", about: "chega, mas ninguém confirma" },
  },
  refusals: {
    invalid: "Isso não pôde ser enviado.",
    unknown_persona: "Este cliente não existe mais. Escolha outro.",
    unknown_message: "Esta mensagem não está mais aqui.",
    not_delivered: "A caixa de entrada não respondeu. Tente de novo.",
  },
  offline: "Reconectando à demonstração…",
};

const english: Words = {
  ...portuguese,
  inbox: "Inbox",
  phone: "Phone",
  phoneOf: "The customer's phone",
  attendAs: "Attending as",
  roles: { admin: "owner", supervisor: "supervisor", agent: "agent", viewer: "viewer" },
  openAlone: "Open the inbox alone",
  who: "Who are you?",
  newCustomer: "New customer",
  name: "Your name",
  begin: "Start",
  back: "Back",
  typing: "typing…",
  empty: "Write as the customer would. The message appears in the inbox.",
  write: "Message",
  send: "Send",
  attach: "Attach",
  pickPhoto: "Choose a file",
  samples: { photo: "Photo", voice: "Voice note", document: "Document", place: "Location" },
  actions: "Message actions",
  reply: "Reply",
  replyingTo: "Replying",
  cancelReply: "Don't reply to this",
  react: "React with",
  unreact: "Take the reaction back",
  remove: "Delete",
  deleted: "Deleted message",
  you: "You",
  ticks: { sending: "sending", delivered: "delivered", read: "read" },
  unread: (count) => (count === 1 ? "1 new message" : `${count} new messages`),
  today: "Today",
  yesterday: "Yesterday",
  media: { image: "Photo", video: "Video", audio: "Voice note", document: "Document", sticker: "Sticker" },
  wrong: "What if it fails?",
  wrongAbout: "Meets the next message that an agent sends.",
  close: "Close",
  faults: {
    slow: { title: "Slow WhatsApp", about: "the answer takes 5 seconds" },
    error: { title: "Error 500", about: "fails once, is sent again" },
    window: { title: "Beyond 24 hours", about: "refused: templates only" },
    limit: { title: "Rate limit", about: "too many messages, waits and repeats" },
    undelivered: { title: "Undelivered", about: "accepted, never reaches the phone" },
    cut: { title: "Connection cut", about: "arrives, nobody confirms it" },
  },
  refusals: {
    invalid: "That could not be sent.",
    unknown_persona: "This customer is gone. Choose another.",
    unknown_message: "This message is no longer here.",
    not_delivered: "The inbox did not answer. Try again.",
  },
  offline: "Reconnecting to the demo…",
};

const spanish: Words = {
  ...portuguese,
  inbox: "Bandeja de entrada",
  phone: "Teléfono",
  phoneOf: "Teléfono del cliente",
  attendAs: "Atendiendo como",
  roles: { admin: "dueña", supervisor: "supervisora", agent: "agente", viewer: "solo consulta" },
  openAlone: "Abrir solo la bandeja de entrada",
  who: "¿Quién eres?",
  newCustomer: "Cliente nuevo",
  name: "Tu nombre",
  begin: "Empezar",
  back: "Volver",
  online: "en línea",
  typing: "escribiendo…",
  empty: "Escribe como si fueras el cliente. El mensaje aparece en la bandeja.",
  write: "Mensaje",
  send: "Enviar",
  attach: "Adjuntar",
  pickPhoto: "Elegir archivo",
  samples: { photo: "Foto", voice: "Audio", document: "Documento", place: "Ubicación" },
  actions: "Acciones del mensaje",
  reply: "Responder",
  replyingTo: "Respondiendo",
  cancelReply: "No responder a este",
  react: "Reaccionar con",
  unreact: "Quitar la reacción",
  remove: "Eliminar",
  deleted: "Mensaje eliminado",
  you: "Tú",
  ticks: { sending: "enviando", delivered: "entregado", read: "leído" },
  unread: (count) => (count === 1 ? "1 mensaje nuevo" : `${count} mensajes nuevos`),
  today: "Hoy",
  yesterday: "Ayer",
  media: { image: "Foto", video: "Vídeo", audio: "Audio", document: "Documento", sticker: "Sticker" },
  wrong: "¿Y si algo falla?",
  wrongAbout: "Vale para el próximo mensaje que envíe un agente.",
  close: "Cerrar",
  faults: {
    slow: { title: "WhatsApp lento", about: "la respuesta tarda 5 segundos" },
    error: { title: "Error 500", about: "falla una vez, se envía de nuevo" },
    window: { title: "Fuera de las 24 horas", about: "rechazado: solo plantillas" },
    limit: { title: "Límite de envíos", about: "demasiados mensajes, espera y repite" },
    undelivered: { title: "No entregado", about: "aceptado, pero no llega al teléfono" },
    cut: { title: "Conexión cortada", about: "llega, pero nadie lo confirma" },
  },
  refusals: {
    invalid: "Eso no se pudo enviar.",
    unknown_persona: "Este cliente ya no existe. Elige otro.",
    unknown_message: "Este mensaje ya no está aquí.",
    not_delivered: "La bandeja no respondió. Inténtalo de nuevo.",
  },
  offline: "Reconectando con la demostración…",
};

const tables = { "pt-BR": portuguese, en: english, es: spanish } as const;

export const locale = chosen(navigator.languages);
export const words: Words = tables[locale];

function chosen(languages: readonly string[]): keyof typeof tables {
  for (const language of languages) {
    if (language.startsWith("pt")) return "pt-BR";
    if (language.startsWith("en")) return "en";
    if (language.startsWith("es")) return "es";
  }
  return "pt-BR";
}
