/** The sample company: a bakery that does not exist, on addresses and numbers that nobody has. */
import type { Role } from "../../contract/entities.ts";

export const company = { name: "Padaria Azulejo", locale: "pt-BR", timezone: "America/Sao_Paulo" } as const;

/** The same for all of them: it is printed at start, and the data is gone at the end. */
export const password = "pao-na-chapa";

export const userKeys = ["helena", "marina", "joao", "bruna", "celso"] as const;
export type UserKey = (typeof userKeys)[number];

export interface SampleUser {
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly queues: readonly QueueKey[];
}

export const users: Readonly<Record<UserKey, SampleUser>> = {
  helena: {
    name: "Helena Prado",
    email: "helena@azulejo.example",
    role: "admin",
    queues: ["counter", "events"],
  },
  marina: {
    name: "Marina Duarte",
    email: "marina@azulejo.example",
    role: "supervisor",
    queues: ["cakes", "events"],
  },
  joao: { name: "João Pedro Alves", email: "joao@azulejo.example", role: "agent", queues: ["counter"] },
  bruna: {
    name: "Bruna Tavares",
    email: "bruna@azulejo.example",
    role: "agent",
    queues: ["counter", "cakes"],
  },
  celso: { name: "Celso Nogueira", email: "celso@azulejo.example", role: "viewer", queues: [] },
};

export const queueKeys = ["counter", "cakes", "events"] as const;
export type QueueKey = (typeof queueKeys)[number];

export const queues: Readonly<
  Record<QueueKey, { readonly name: string; readonly color: string; readonly description: string }>
> = {
  counter: { name: "Balcão", color: "#1f5fa8", description: "Pedidos do dia, entrega e dúvidas" },
  cakes: { name: "Encomendas", color: "#b5541c", description: "Bolos, doces e salgados sob encomenda" },
  events: { name: "Eventos", color: "#5c7a29", description: "Coffee break, casamentos e empresas" },
};

export const labelKeys = ["order", "regular", "complaint", "payment", "glutenFree"] as const;
export type LabelKey = (typeof labelKeys)[number];

export const labels: Readonly<Record<LabelKey, { readonly name: string; readonly color: string }>> = {
  order: { name: "encomenda", color: "#b5541c" },
  regular: { name: "cliente da casa", color: "#1f5fa8" },
  complaint: { name: "reclamação", color: "#b3352c" },
  payment: { name: "aguarda pagamento", color: "#8a5a00" },
  glutenFree: { name: "sem glúten", color: "#5c7a29" },
};

/** The WhatsApp number; prefixes that begin with 0 are given to nobody, and so are these ids and secrets. */
export const number = {
  phoneNumberId: "100000000000001",
  wabaId: "200000000000001",
  displayPhone: "+55 11 90000-1000",
  verifiedName: company.name,
} as const;
