/** The day at the counter: bread, deliveries, opening hours. */
import { agent, customer, photo, type Script, voice } from "../script.ts";

const [joao, bruna, helena] = [agent("joao"), agent("bruna"), agent("helena")];

export const counter: readonly Script[] = [
  {
    customer: "ivone",
    ago: 26,
    lines: [
      customer.says("Bom dia meu filho"),
      customer.says("Separa 6 pão francês bem moreninho pra mim que o neto passa aí 7 e meia", { after: 1 }),
      joao.takes({ after: 2 }),
      joao.labels("regular"),
      joao.says("Bom dia, Dona Ivone! Separados. E o queijo minas de sempre, vai?", { after: 1 }),
      customer.says("Vai sim, 200 gramas. Deus te abençoe", { after: 3, as: "bless" }),
      joao.reacts("🥰", "bless"),
      joao.resolves({ after: 50 }),
      customer.sends(voice(9), { after: 60 * 22 }),
      customer.says("Mandei áudio porque esse teclado é muito miudinho", { after: 1 }),
    ],
  },
  {
    customer: "seuze",
    ago: 5.1,
    lines: [
      customer.says("Ô Joãozinho, o pão de fermentação natural saiu?"),
      joao.takes({ after: 1 }),
      joao.labels("regular"),
      joao.sends(photo("bread", "Saiu agorinha!"), { after: 1, as: "loaves" }),
      customer.says("Guarda o da direita, é meu 😂", { quote: "loaves", after: 2 }),
      joao.says("Guardado com seu nome, Zé", { after: 1 }),
      customer.reacts("👍", "loaves"),
    ],
  },
  {
    customer: "fernanda",
    ago: 0.35,
    lines: [
      customer.says("Vocês abrem no feriado?"),
      customer.says("E a mesa lá fora aceita cachorro? 🐶", { after: 1 }),
    ],
  },
  {
    customer: "gustavo",
    ago: 1.6,
    lines: [
      customer.says("Boa tarde, meu pedido 2231 não chegou ainda"),
      customer.shares({
        latitude: -23.5558,
        longitude: -46.6896,
        name: "Edifício Bandeirante",
        address: "Rua dos Azulejos, 480, Vila Madalena",
      }),
      joao.takes({ after: 3 }),
      joao.says("Boa tarde, Gustavo! Obrigado pela localização. O motoboy está a 5 minutos daí.", {
        after: 1,
      }),
      customer.says("Beleza, tô na portaria", { after: 2 }),
    ],
  },
  {
    customer: "marcelo",
    ago: 20,
    lines: [
      customer.says("Esqueci meu guarda-chuva aí de manhã, um preto com cabo de madeira"),
      bruna.takes({ after: 4 }),
      bruna.says("Está aqui, Marcelo, guardado no caixa com seu nome ☂️", { after: 2 }),
      customer.says("Vocês são demais. Passo amanhã e tomo um café", { after: 5 }),
      bruna.resolves({ after: 2 }),
    ],
  },
  {
    customer: "beatriz",
    ago: 2.4,
    lines: [
      customer.says("tem vaga de atendente ainda??"),
      joao.takes({ after: 12 }),
      joao.says("Oi, Bia! Tem sim. Pode mandar o currículo por aqui mesmo.", { after: 1 }),
      customer.sends(
        {
          kind: "pdf",
          heading: "Beatriz Fontes",
          lines: ["Atendente, 3 anos de experiência em cafeteria", "Manhãs e fins de semana"],
          filename: "curriculo-bia-fontes.pdf",
        },
        { after: 14 },
      ),
      joao.notes("@Helena currículo bom, mora na mesma rua. Chamar para um teste na quinta?", { after: 4 }),
      helena.notes("Pode chamar, quinta 15h.", { after: 9 }),
    ],
  },
  {
    customer: "rosangela",
    ago: 25,
    lines: [
      customer.says("Queria saber se a rosca de coco é feita com leite, tenho intolerância"),
      joao.takes({ after: 6 }),
      joao.says(
        "Oi, Rosângela! Leva leite sim. Sem leite temos o pão de azeitona, a focaccia e a ciabatta.",
        { after: 2 },
      ),
      customer.says("Ótimo, obrigada!!", { after: 3 }),
      joao.resolves({ after: 3 }),
    ],
  },
  {
    customer: "wagner",
    ago: 0.6,
    lines: [customer.says("Chegou encomenda de vocês aqui na portaria do 480, posso receber?")],
  },
  {
    customer: "juliana",
    ago: 4.2,
    lines: [
      customer.says("genteee o croissant de hoje tava absurdo"),
      customer.says("parabéns pra quem fez 👏👏👏", { after: 1, as: "praise" }),
      joao.takes({ after: 5 }),
      joao.reacts("🥐", "praise"),
      joao.says("Vou ler em voz alta na cozinha! Obrigado, Ju 🌻", { after: 1 }),
    ],
  },
  {
    customer: "diego",
    ago: 22,
    lines: [
      customer.says("Boa noite, aceitam vale-refeição na entrega?"),
      bruna.takes({ after: 3 }),
      bruna.says("Boa noite, Diego! Aceitamos na maquininha, todas as bandeiras.", { after: 1 }),
      bruna.failsToSay("O cardápio da noite está em azulejo.example/cardapio", 131026),
    ],
  },
  {
    customer: "nair",
    ago: 45,
    lines: [
      customer.says("Boa tarde, o bolo de fubá sai que horas?"),
      joao.takes({ after: 3 }),
      joao.says("Oi, Dona Nair! Sai às 16h, junto com o café fresco ☕", { after: 1 }),
      customer.says("Estarei aí", { after: 6 }),
      joao.resolves({ after: 30 }),
    ],
  },
  {
    customer: "vitor",
    ago: 0.15,
    lines: [customer.says("Oi, boa! Vocês têm pão de queijo congelado pra vender?")],
  },
];
