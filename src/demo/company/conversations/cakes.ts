/** Cakes and sweets to order. */
import { agent, customer, photo, type Script, voice } from "../script.ts";

const [bruna, marina, joao] = [agent("bruna"), agent("marina"), agent("joao")];

export const cakes: readonly Script[] = [
  {
    customer: "camila",
    ago: 27,
    lines: [
      customer.says("Oi, bom dia! Vocês fazem bolo de dois andares pra sábado? 🎂"),
      customer.says("É aniversário de 5 anos da minha filha, a Lívia", { after: 1 }),
      bruna.takes({ after: 3 }),
      bruna.moves("cakes", "Bolo de aniversário para sábado"),
      bruna.labels("order"),
      bruna.says("Bom dia, Camila! Fazemos sim. Para quantas pessoas você imagina?", { after: 1 }),
      customer.says("Umas 40, contando com a família do Paulo que come por 60 kkkk", { after: 4 }),
      customer.sends(photo("cake", "Queria nessa ideia, azul e branquinho"), { as: "idea", after: 1 }),
      bruna.says("Que lindo! Dá pra fazer exatamente assim. Para 40 pessoas fica em *5 kg*, R$ 465,00.", {
        quote: "idea",
        after: 6,
      }),
      bruna.says(
        "A massa pode ser branca, chocolate ou nozes. Recheio: brigadeiro, ninho com morango ou doce de leite.",
        {
          after: 1,
        },
      ),
      customer.says("Massa branca e ninho com morango, sem dúvida", { as: "choice", after: 9 }),
      bruna.reacts("❤️", "choice"),
      bruna.notes(
        "Conferir com a Rita se tem morango bom na sexta. Se não tiver, oferecer frutas vermelhas.",
        { after: 3 },
      ),
      bruna.says(
        "Perfeito! Fechado para sábado, retirada a partir das 9h. O sinal é de 50%, pode ser por Pix.",
        {
          after: 2,
        },
      ),
      customer.says("Acabei de fazer o Pix! Vou mandar o comprovante", { after: 60 * 23 }),
      customer.sends(
        {
          kind: "pdf",
          heading: "Comprovante de Pix",
          lines: [
            "Valor: R$ 232,50",
            "De: Camila Rocha",
            "Para: Padaria Azulejo Ltda.",
            "Documento de demonstração",
          ],
          filename: "comprovante-pix.pdf",
        },
        { after: 1 },
      ),
      customer.says("Ah, e dá pra escrever _Lívia 5 anos_ em cima?", { after: 1 }),
    ],
  },
  {
    customer: "leticia",
    ago: 30,
    lines: [
      customer.says("Olá! Vi o anúncio dos brigadeiros gourmet, ainda tá valendo a caixa com 12?", {
        ad: "Caixa com 12 brigadeiros por R$ 48",
      }),
      joao.takes({ after: 5 }),
      joao.labels("order"),
      joao.says("Oi, Letícia! Tá valendo sim, até domingo 😊", { after: 1 }),
      joao.sends(photo("brigadeiros", "Metade tradicional, metade ninho"), { after: 1, as: "box" }),
      customer.reacts("😍", "box"),
      customer.says("Quero duas caixas! Entrega na Rua dos Azulejos, 210?", { after: 3 }),
      joao.says("Entregamos! Taxa de R$ 6. Chega entre 15h e 16h, pode ser?", { after: 4 }),
      customer.says("Pode! Obrigada, adorei o atendimento", { after: 2, as: "thanks" }),
      joao.reacts("🙏", "thanks"),
      joao.says("A gente que agradece! Bom apetite.", { after: 90 }),
      joao.resolves({ after: 5 }),
    ],
  },
  {
    customer: "thiago",
    ago: 3.2,
    lines: [
      customer.says("Boa tarde. O bolo que vocês entregaram chegou assim:"),
      customer.sends(photo("crushed"), { after: 1, as: "damage" }),
      customer.says("A festa é às 18h. Preciso de uma solução *hoje*.", { after: 1 }),
      marina.takes({ after: 4 }),
      marina.moves("cakes", "Entrega com defeito"),
      marina.labels("complaint", "order"),
      marina.ranks("urgent"),
      marina.says("Thiago, aqui é a Marina, supervisora. Sinto muito, isso não podia ter acontecido.", {
        quote: "damage",
        after: 1,
      }),
      marina.notes(
        "Motoboy confirmou a freada na Rebouças. Rita consegue refazer até 16h30. Cortesia autorizada pela Helena.",
        {
          after: 8,
        },
      ),
      marina.says(
        "Já estamos fazendo outro, igual. Às 17h ele está na sua porta, sem custo, e devolvemos o valor da entrega.",
        {
          after: 2,
        },
      ),
      customer.says("Tá. Vou confiar. Me avisa quando sair, por favor", { after: 6 }),
      customer.sends(voice(6), { after: 25 }),
    ],
  },
  {
    customer: "aline",
    ago: 23.4,
    lines: [
      customer.says("Boa tarde! Vocês têm bolo sem glúten? Minha sogra é celíaca"),
      bruna.takes({ after: 7 }),
      bruna.labels("glutenFree"),
      bruna.says(
        "Oi, Aline! Temos o de laranja com amêndoas, feito em forma separada. Mas a cozinha é a mesma, então não indicamos para celíacos.",
        {
          after: 2,
        },
      ),
      bruna.notes("Não prometer sem contaminação cruzada. Regra da Helena.", { after: 1 }),
    ],
  },
  {
    customer: "tatiane",
    ago: 6.5,
    lines: [
      customer.says("Oii, quanto tá o cento de salgadinho?"),
      customer.says("Coxinha e bolinha de queijo", { after: 1 }),
      bruna.takes({ after: 11 }),
      bruna.says("Oi, Tati! O cento misto está R$ 95, entregue quentinho.", { after: 1 }),
      customer.says("Fechou, 3 centos pra sexta 19h", { after: 15, as: "deal" }),
      bruna.labels("order", "payment"),
      bruna.says("Anotado: 3 centos, sexta, 19h. Mando o Pix em seguida.", { quote: "deal", after: 3 }),
      bruna.sends(
        {
          kind: "pdf",
          heading: "Pedido 1482",
          lines: ["300 salgados sortidos: R$ 285,00", "Entrega sexta-feira, 19h", "Padaria Azulejo"],
          filename: "pedido-1482.pdf",
        },
        { after: 1 },
      ),
    ],
  },
  {
    customer: "clara",
    ago: 0.9,
    lines: [
      customer.says("Oi! Dá tempo de encomendar um bolo de cenoura pra amanhã cedo?"),
      customer.says("Pequeno, só pra nós 4 😅", { after: 1 }),
    ],
  },
];
