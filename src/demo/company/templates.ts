import type { Template } from "../graph/numbers.ts";

/** The message templates that "Meta approved" for the sample company. */
export const templates: readonly Template[] = [
  {
    id: "300000000000001",
    name: "pedido_pronto",
    language: "pt_BR",
    status: "APPROVED",
    category: "UTILITY",
    components: [
      { type: "HEADER", format: "TEXT", text: "Seu pedido está pronto" },
      { type: "BODY", text: "Oi, {{1}}! Seu pedido {{2}} já pode ser retirado na Padaria Azulejo." },
      { type: "FOOTER", text: "Aberto todos os dias, das 6h às 21h" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Estou a caminho" },
          { type: "QUICK_REPLY", text: "Prefiro entrega" },
        ],
      },
    ],
  },
  {
    id: "300000000000002",
    name: "retomar_conversa",
    language: "pt_BR",
    status: "APPROVED",
    category: "MARKETING",
    components: [
      { type: "BODY", text: "Oi, {{1}}! Ficamos de continuar a nossa conversa. Podemos falar agora?" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Sim, podemos" },
          { type: "QUICK_REPLY", text: "Mais tarde" },
        ],
      },
    ],
  },
];
