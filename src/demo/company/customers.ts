/** The people who write to the sample company. */
export interface SampleCustomer {
  readonly name: string;
  /** Digits; mobiles of an unassigned prefix. */
  readonly phone: string;
  /** May be played on the simulated phone; `about` is shown where one chooses. */
  readonly about?: string;
}

const list = {
  camila: { name: "Camila Rocha", phone: "5511900001101", about: "Encomendou o bolo da Lívia" },
  rafael: { name: "Rafael Moura", phone: "5511900001102", about: "Café da manhã da empresa" },
  ivone: { name: "Dona Ivone", phone: "5511900001103", about: "Cliente da casa há 12 anos" },
  thiago: { name: "Thiago Barreto", phone: "5511900001104", about: "O bolo chegou amassado" },
  leticia: { name: "Letícia Amaral", phone: "5511900001105" },
  otavio: { name: "Otávio Lins", phone: "5521900001106" },
  priscila: { name: "Priscila Teles", phone: "5511900001107" },
  seuze: { name: "Zé da Banca", phone: "5511900001108" },
  fernanda: { name: "Fernanda Quirino", phone: "5511900001109" },
  gustavo: { name: "Gustavo Peixoto", phone: "5511900001110" },
  aline: { name: "Aline Sato", phone: "5511900001111" },
  marcelo: { name: "Marcelo Viana", phone: "5511900001112" },
  beatriz: { name: "Bia Fontes", phone: "5511900001113" },
  rosangela: { name: "Rosângela Dias", phone: "5511900001114" },
  diego: { name: "Diego Paixão", phone: "5511900001115" },
  patricia: { name: "Patrícia Leal", phone: "5511900001116" },
  nair: { name: "Nair Monteiro", phone: "5511900001117" },
  caio: { name: "Caio Bittencourt", phone: "5511900001118" },
  juliana: { name: "Ju Carvalho 🌻", phone: "5511900001119" },
  wagner: { name: "Wagner Portaria", phone: "5511900001120" },
  tatiane: { name: "Tatiane Freire", phone: "5531900001121" },
  eduardo: { name: "Eduardo Salles", phone: "5511900001122" },
  sonia: { name: "Sônia Brandão", phone: "5511900001123" },
  vitor: { name: "Vitor Hugo", phone: "5511900001124" },
  clara: { name: "Clara Nishimura", phone: "5511900001125" },
} as const satisfies Record<string, SampleCustomer>;

export type CustomerKey = keyof typeof list;

export const customers: Readonly<Record<CustomerKey, SampleCustomer>> = list;
