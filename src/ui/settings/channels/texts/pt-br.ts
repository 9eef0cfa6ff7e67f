/** Texts of the channels: how a number is connected, and how it does. */
export const channelsPtBr = {
  title: "Canais",
  description: "Por onde os clientes falam com a loja.",
  add: "Conectar WhatsApp",
  empty: "Nenhum canal ainda.",
  emptyHint: "Conecte o número da loja e as mensagens passam a chegar aqui.",
  kind: { whatsapp_cloud: "WhatsApp, API oficial" },
  status: {
    connecting: "Conectando",
    qr: "Esperando leitura do QR",
    connected: "Conectado",
    degraded: "Instável",
    disconnected: "Desligado",
    error: "Com erro",
  },
  form: {
    title: "Conectar WhatsApp",
    description: "Pela API oficial da Meta. Você vai copiar quatro dados das páginas deles para cá.",
    newHere: "Primeira vez na Meta? Prepare a conta antes",
    prepare: {
      app: "Entre em <app>developers.facebook.com/apps</app>, clique em <b>Criar app</b> e escolha <b>Conectar-se com clientes pelo WhatsApp</b>.",
      number:
        "No app, abra <b>WhatsApp → Configuração da API</b> e adicione o número da loja. O número não pode estar em uso no aplicativo do WhatsApp, a não ser que você escolha a coexistência.",
      token:
        "Em <system>Configurações do negócio → Usuários do sistema</system>, crie um usuário administrador, dê a ele acesso ao app e à conta do WhatsApp e gere um token <b>sem validade</b> com as permissões <code>whatsapp_business_messaging</code> e <code>whatsapp_business_management</code>.",
    },
    number: "O número",
    numberHint: "Na página da Meta: <b>seu app → WhatsApp → Configuração da API</b>.",
    access: "O acesso",
    accessHint:
      "É o que deixa o balcão enviar em nome da loja, e conferir que cada mensagem vem mesmo da Meta. Fica guardado com criptografia e não é mostrado de novo.",
    name: "Nome do canal",
    nameHint: "Só a equipe vê. Por exemplo: WhatsApp da loja.",
    nameDefault: "WhatsApp",
    phoneNumberId: "Identificação do número de telefone",
    phoneNumberIdHint:
      "“Phone number ID”, logo abaixo do campo “De”. Só algarismos, uns quinze. Não é o número do telefone.",
    phoneNumberIdIsPhone:
      "Isto parece o próprio número de telefone. A identificação fica logo abaixo dele na página da Meta.",
    phoneNumberIdWrong: "Só algarismos, sem espaços. Copie pelo botão ao lado do número na página da Meta.",
    wabaId: "Identificação da conta do WhatsApp Business",
    wabaIdWrong: "Só algarismos, sem espaços.",
    wabaIdHint:
      "“WhatsApp Business Account ID”, ao lado da anterior. Sem ela, o balcão não consegue ligar a entrega das mensagens nem mostrar os modelos.",
    accessToken: "Token de acesso",
    accessTokenHint:
      "Começa com EAA. O da página “Configuração da API” vence em 24 horas e serve só para testar; para valer, use o do usuário do sistema.",
    accessTokenWrong: "O token tem só letras, números e sinais, sem espaços. Copie de novo por inteiro.",
    appSecret: "Chave secreta do app",
    appSecretHint:
      "Em <b>seu app → Configurações do app → Básico → Chave secreta do app → Mostrar</b>. São 32 letras e números.",
    appSecretWrong: "A chave tem 32 letras (de a até f) e números. Copie de novo por inteiro.",
    optional: "opcional",
    missing: "Preencha este campo.",
    advanced: "Avançado",
    verifyToken: "Token de verificação",
    verifyTokenWrong: "Só letras, números e sinais, sem espaços.",
    verifyTokenHint:
      "Criado pelo balcão; a Meta o repete para provar que é ela. Troque só se já tem um em uso.",
    apiVersion: "Versão da API",
    apiVersionWrong: "Escreva como v24.0.",
    apiVersionHint: "Como v24.0.",
    submit: "Conectar",
    taken: "Já existe um canal com este número.",
    keep: "Deixe em branco para manter o atual.",
    save: "Salvar e testar",
    saved: "Dados salvos. Testando com a Meta…",
  },
  progress: {
    title: "Ligação com a Meta",
    live: "Atualiza sozinha",
    token: "A Meta aceitou o token",
    tokenWaiting: "Conferindo o token com a Meta…",
    tokenFailed: "A Meta não aceitou o acesso",
    tokenFailedHint: "O que fazer está no aviso acima.",
    tokenOff: "Canal desligado",
    tokenDone: "Número {{phone}}",
    tokenDoneUnknown: "O número está pronto para enviar.",
    verified: "A Meta confirmou o endereço",
    verifiedWaiting: "Esperando a Meta…",
    verifiedHint: "Cole o endereço e o token na página da Meta e clique em Verificar e salvar.",
    verifiedDone: "Confirmado: {{time}}",
    events: "Mensagens chegando",
    eventsWaiting: "Esperando a primeira mensagem",
    eventsHint: "Assine o campo messages e mande um oi de outro celular para o número da loja.",
    eventsDone: "Última: {{time}}",
    done: "Feito",
    now: "Agora",
    todo: "Falta",
    failed: "Falhou",
  },
  webhook: {
    title: "Colar na Meta",
    description: "Para a Meta saber aonde entregar as mensagens.",
    again: "Endereço e token do webhook",
    open: "Abra <app>developers.facebook.com/apps</app>, escolha o seu app e vá em <b>WhatsApp → Configuração</b>.",
    paste: "Em <b>Webhook</b>, clique em <b>Editar</b> e cole estes dois valores:",
    address: "URL de callback",
    token: "Token de verificação",
    tokenHidden:
      "O token de verificação é guardado com criptografia e não é mostrado de novo. Se a Meta pedir, crie outro.",
    tokenNew: "Criar outro token",
    tokenNewHint: "Vale na hora. O que a Meta já confirmou continua funcionando.",
    verify: "Clique em <b>Verificar e salvar</b>. Aqui, o segundo passo fica verde.",
    fields:
      "Em <b>Campos do webhook</b>, ligue <b>Assinar</b> em <code>messages</code>. Vale ligar também <code>message_template_status_update</code> e <code>account_update</code>.",
    test: "De outro celular, mande uma mensagem para o número da loja. Ela aparece nas conversas.",
    loopback: "A Meta não alcança este endereço",
    loopbackText:
      "Ele só existe neste computador ou na rede da loja. Publique o balcão num domínio com https e inicie o servidor com <code>BALCAO_PUBLIC_URL=https://seu-dominio</code>.",
    insecure: "A Meta só aceita https",
    insecureText:
      "Ponha o balcão atrás de um domínio com https e inicie o servidor com <code>BALCAO_PUBLIC_URL=https://seu-dominio</code>.",
  },
  outbox: {
    title: "Fila de envio",
    idle: "Nada esperando",
    idleHint: "Tudo o que a equipe escreveu já foi entregue à Meta.",
    waiting_one: "{{count}} mensagem esperando",
    waiting_other: "{{count}} mensagens esperando",
    oldest: "A mais antiga espera desde {{time}}.",
    lastError: "Último erro: {{error}}",
    paused: "O envio está parado",
    pausedHint: "As mensagens estão guardadas e saem quando o canal voltar.",
  },
  dead: {
    title: "Avisos não processados",
    hint: "Chegaram da Meta e estão guardados, mas o balcão não conseguiu lê-los depois de várias tentativas.",
    state: {
      retrying: "Tentando de novo sozinho",
      dead: "Parado",
      unrouted: "De um número que não está no balcão",
    },
    replay: "Processar de novo",
    replayed: "Processado",
    stillFails: "Ainda não deu: {{error}}",
    attempts_one: "{{count}} tentativa",
    attempts_other: "{{count}} tentativas",
  },
  data: {
    title: "Dados da conexão",
    edit: "Editar dados",
    secrets: "Token de acesso e chave secreta",
    hidden: "Guardados com criptografia",
    none: "Não informado",
  },
  action: {
    connect: "Ligar",
    retry: "Testar de novo",
    disconnect: "Desligar",
    disconnectTitle: "Desligar {{name}}?",
    disconnectText:
      "O balcão para de enviar por este número. As mensagens que estão na fila ficam guardadas até você ligar de novo.",
    remove: "Excluir canal",
    removeHint: "As conversas e mensagens continuam guardadas, mas ninguém responde mais por este número.",
    removeTitle: "Excluir {{name}}?",
    removed: "Canal excluído",
    pauseHint: "Para pausar o envio por um tempo sem perder nada.",
    danger: "Desligar ou excluir",
  },
  trouble: {
    error: "Este canal não está enviando",
    degraded: "Este canal está instável",
    words: "Nas palavras da Meta: {{words}}",
    advice: {
      token:
        "O token de acesso venceu ou foi revogado. Gere outro na Meta, no usuário do sistema, e salve em Dados da conexão.",
      permission:
        "O token não tem permissão para este número. Na Meta, dê ao usuário do sistema acesso à conta do WhatsApp e gere outro token com as permissões de mensagens e de gestão.",
      number:
        "A Meta não conhece esta identificação do número, ou o token é de outra conta. Confira a identificação em Dados da conexão.",
      blocked:
        "A Meta restringiu esta conta. Veja o motivo e peça revisão na Central de qualidade da conta, na Meta.",
      billing:
        "Há um problema de pagamento na conta da Meta. Acerte a forma de pagamento no Gerenciador do WhatsApp e teste de novo.",
      register:
        "O número ainda não foi registrado na API. Conclua o registro na página Configuração da API, na Meta, e teste de novo.",
      spam: "Muitos clientes bloquearam ou denunciaram este número, e a Meta limitou os envios. Espere e envie menos mensagens fora de conversa.",
      webhooks:
        "As mensagens podem não chegar: a Meta não aceitou ligar a entrega desta conta. Confira a identificação da conta do WhatsApp Business e se o usuário do sistema tem acesso a ela.",
      quality:
        "A Meta considera baixa a qualidade deste número, porque clientes o bloquearam ou denunciaram. Se continuar, ela limita os envios.",
      meta: "O problema parece estar na Meta ou na internet entre nós. As mensagens estão guardadas e o balcão tenta de novo sozinho.",
    },
  },
  gone: "Este canal não existe mais.",
} as const;

/** The same keys with any text. */
export type ChannelsTexts = Texts<typeof channelsPtBr>;
type Texts<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Texts<T[Key]> };
