/** What the system itself writes into threads and notifications, in the company's language. */
import type { Locale } from "../../contract/entities.ts";

interface Words {
  assigned(number: number, by: string): string;
  transferredToYou(number: number, by: string): string;
  transferred(by: string, to: string, reason: string | null): string;
}

const because = (reason: string | null) => (reason === null ? "" : `: ${reason}`);

export const words: Readonly<Record<Locale, Words>> = {
  "pt-BR": {
    assigned: (number, by) => `${by} atribuiu a você a conversa ${number}`,
    transferredToYou: (number, by) => `${by} transferiu para você a conversa ${number}`,
    transferred: (by, to, reason) => `${by} transferiu para ${to}${because(reason)}`,
  },
  en: {
    assigned: (number, by) => `${by} assigned conversation ${number} to you`,
    transferredToYou: (number, by) => `${by} transferred conversation ${number} to you`,
    transferred: (by, to, reason) => `${by} transferred this to ${to}${because(reason)}`,
  },
  es: {
    assigned: (number, by) => `${by} le asignó la conversación ${number}`,
    transferredToYou: (number, by) => `${by} le transfirió la conversación ${number}`,
    transferred: (by, to, reason) => `${by} transfirió a ${to}${because(reason)}`,
  },
};
