/** Companies, weddings, suppliers. */
import { agent, customer, type Script, voice } from "../script.ts";

const [helena, marina, bruna, joao] = [agent("helena"), agent("marina"), agent("bruna"), agent("joao")];

export const events: readonly Script[] = [
  {
    customer: "rafael",
    ago: 24.6,
    lines: [
      customer.says(
        "Olá, sou o Rafael, do RH da Lumen Engenharia. Gostaria de um orçamento de café da manhã para 30 pessoas.",
      ),
      marina.takes({ after: 6 }),
      marina.moves("events", "Orçamento para empresa"),
      marina.says("Bom dia, Rafael! Claro. Qual seria o dia, e é na empresa mesmo?", { after: 1 }),
      customer.says("Quinta da semana que vem, 8h, aqui na Faria Lima. Tem dois veganos no grupo.", {
        after: 12,
      }),
      marina.says("Perfeito. Já mando a proposta com opções veganas separadas.", { after: 3 }),
      marina.sends(
        {
          kind: "pdf",
          heading: "Proposta: café da manhã",
          lines: [
            "30 pessoas, quinta-feira, 8h",
            "Pães variados, frios, frutas, bolo, sucos e café",
            "Opções veganas: 4 porções, embaladas à parte",
            "Total: R$ 1.140,00 (R$ 38,00 por pessoa)",
          ],
          filename: "proposta-lumen.pdf",
        },
        { after: 25, as: "offer" },
      ),
      customer.says("Recebi, vou levar para aprovação e te respondo amanhã", { quote: "offer", after: 8 }),
      customer.says("Marina, aprovado! 🎉 Pode emitir a nota em nome da Lumen?", { after: 60 * 22 }),
    ],
  },
  {
    customer: "priscila",
    ago: 9,
    lines: [
      customer.says("Oi! Vamos casar em novembro e queríamos a mesa de doces com vocês 💍"),
      customer.says("São 120 convidados", { after: 1 }),
      helena.takes({ after: 20 }),
      helena.moves("events", "Casamento em novembro"),
      helena.ranks("high"),
      helena.labels("order"),
      helena.says(
        "Priscila, que alegria! Parabéns aos noivos. Para 120 pessoas sugiro 6 doces por convidado. Vocês querem vir provar?",
        {
          after: 2,
        },
      ),
      customer.says("Queremos!! Sábado de manhã pode?", { after: 11 }),
      helena.says("Sábado às 10h, mesa reservada no nome de vocês.", { after: 4, as: "date" }),
      customer.reacts("❤️", "date"),
      customer.says("O noivo perguntou se a degustação tem limite kkkkk", { after: 70 }),
    ],
  },
  {
    customer: "otavio",
    ago: 7.4,
    lines: [
      customer.says("Bom dia, aqui é o Otávio da Moinho Boa Vista. A farinha tipo 1 sobe 4% no mês que vem."),
      helena.takes({ after: 18 }),
      helena.says("Bom dia, Otávio. Consegue segurar o preço se eu fechar 40 sacas hoje?", { after: 2 }),
      customer.says("Deixa eu ver com o comercial e te retorno", { after: 9 }),
      helena.notes("Celso, me passa o consumo médio de farinha dos últimos 3 meses?", { after: 2 }),
    ],
  },
  {
    customer: "patricia",
    ago: 1.1,
    lines: [
      customer.says("Boa tarde! Preciso de coffee break para 15 pessoas amanhã às 14h, ainda dá?"),
      bruna.takes({ after: 4 }),
      bruna.handsOver("events", "Coffee break para amanhã, 15 pessoas"),
    ],
  },
  {
    customer: "caio",
    ago: 21,
    lines: [
      customer.says(
        "Fala pessoal, sou fotógrafo e fiz umas fotos da fachada de azulejos de vocês. Querem ver?",
      ),
      marina.takes({ after: 30 }),
      marina.says("Oi, Caio! Queremos sim, que legal. Pode mandar por aqui.", { after: 1 }),
      customer.sends(voice(5), { after: 22 }),
      marina.says("Fechado, esperamos você na terça!", { after: 10 }),
    ],
  },
  {
    customer: "eduardo",
    ago: 3.9,
    lines: [
      customer.says("A nota fiscal da semana passada veio com o CNPJ errado"),
      joao.takes({ after: 5 }),
      joao.labels("payment"),
      joao.says("Eduardo, vou passar para a Helena, que cuida das notas. Um minuto.", { after: 1 }),
      helena.takes({ after: 6 }),
      helena.says("Eduardo, já pedi a correção ao contador. Até o fim do dia chega no seu e-mail.", {
        after: 3,
      }),
      customer.says("Obrigado, Helena", { after: 4 }),
    ],
  },
  {
    customer: "sonia",
    ago: 28,
    lines: [
      customer.says("Boa tarde, o café filosófico de quinta continua? Quero levar minha irmã"),
      marina.takes({ after: 8 }),
      marina.says("Continua, Sônia! Quinta às 19h, entrada livre. Guardo dois lugares?", { after: 1 }),
      customer.says("Guarda sim, querida", { after: 5 }),
      marina.resolves({ after: 4 }),
    ],
  },
];
