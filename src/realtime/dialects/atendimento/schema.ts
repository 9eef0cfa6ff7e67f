/** The shapes of `wire.ts` as the API's description shows them. */
import { z } from "@hono/zod-openapi";

import { ticketPriority, ticketStatus } from "./words.ts";

export const ticketSchema = z
  .object({
    id: z.string(),
    numero: z.string(),
    empresaId: z.string(),
    clienteId: z.string(),
    canalId: z.string(),
    filaId: z.string().nullable(),
    atendenteId: z.string().optional(),
    status: z.enum(ticketStatus),
    prioridade: z.enum(ticketPriority),
    assunto: z.string().optional(),
    descricao: z.string().optional(),
    criadoEm: z.string(),
  })
  .openapi("Ticket");

export const messageSchema = z
  .object({
    id: z.string(),
    ticketId: z.string(),
    ticketNumero: z.string(),
    remetenteId: z.string(),
    atendenteId: z.string().optional(),
    tipo: z.enum(["texto", "imagem", "audio", "video", "arquivo"]),
    conteudo: z.string(),
    metadados: z.record(z.string(), z.unknown()).optional(),
    criadoEm: z.string(),
  })
  .openapi("Mensagem");
