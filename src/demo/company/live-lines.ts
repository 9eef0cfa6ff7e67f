/** What the sample customers say while somebody looks at the demo. */
import type { CustomerKey } from "./customers.ts";

/** Out of the blue, in this order, when nothing has happened for a while. */
export const openers: readonly (readonly [CustomerKey, string])[] = [
  ["seuze", "Joãozinho, o sonho de creme saiu? 👀"],
  ["juliana", "vim buscar o croissant e a fila tá na rua 😂 guardam dois pra mim?"],
  ["clara", "Conseguiram ver o bolo de cenoura?"],
  ["gustavo", "Chegou aqui, valeu!"],
  ["leticia", "Oi! Queria repetir aquela caixa de brigadeiro pra domingo"],
  ["ivone", "Meu filho, amanhã quero broa também"],
  ["patricia", "Sobre o coffee break: tem uma pessoa alérgica a amendoim"],
  ["wagner", "Boa tarde, o rapaz da entrega esqueceu a máquina de cartão aqui na portaria"],
  ["vitor", "e o pão de queijo, qual o preço do quilo?"],
  ["marcelo", "Passei e peguei o guarda-chuva, obrigado de novo ☂️"],
];

/** In answer to what an agent writes, one after the other. */
const answers: Partial<Readonly<Record<CustomerKey, readonly string[]>>> = {
  clara: ["Ai que bom! Com cobertura de chocolate, por favor", "Perfeito, busco 8h"],
  fernanda: ["Maravilha, a Pipoca agradece 🐶", "Até mais!"],
  vitor: ["Legal, quero 2 kg então", "Show, obrigado"],
  wagner: ["Beleza, deixo guardado", "👍"],
  aline: ["Entendi, obrigada pela sinceridade 🙏", "Vou querer uma focaccia então, ela come em casa"],
  tatiane: ["Pago agora mesmo", "Feito!"],
  patricia: ["Pode ser salgado e fruta, sem fritura", "Fechado então"],
  diego: ["Não recebi o cardápio, pode mandar de novo?"],
};

/** The `n`th answer of a customer, from 0; after their own ones a word of thanks, and then nothing. */
export function answerOf(customer: CustomerKey, n: number): string | undefined {
  const lines = answers[customer] ?? [];
  return lines[n] ?? (n === lines.length ? "Combinado, obrigado! 😊" : undefined);
}
