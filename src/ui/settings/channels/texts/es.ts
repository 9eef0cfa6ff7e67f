import type { ChannelsTexts } from "./pt-br.ts";

export const channelsEs: ChannelsTexts = {
  title: "Canales",
  description: "Por dónde los clientes hablan con la tienda.",
  add: "Conectar WhatsApp",
  empty: "Aún no hay canales.",
  emptyHint: "Conecte el número de la tienda y los mensajes empiezan a llegar aquí.",
  kind: { whatsapp_cloud: "WhatsApp, API oficial" },
  status: {
    connecting: "Conectando",
    qr: "Esperando el código QR",
    connected: "Conectado",
    degraded: "Inestable",
    disconnected: "Apagado",
    error: "Con error",
  },
  form: {
    title: "Conectar WhatsApp",
    description: "Por la API oficial de Meta. Va a copiar cuatro datos de sus páginas hasta aquí.",
    newHere: "¿Primera vez en Meta? Prepare antes la cuenta",
    prepare: {
      app: "Entre en <app>developers.facebook.com/apps</app>, haga clic en <b>Crear app</b> y elija <b>Conectarse con clientes por WhatsApp</b>.",
      number:
        "En la app, abra <b>WhatsApp → Configuración de la API</b> y agregue el número de la tienda. No puede estar en uso en la aplicación de WhatsApp, salvo que elija la coexistencia.",
      token:
        "En <system>Configuración del negocio → Usuarios del sistema</system>, cree un usuario administrador, dele acceso a la app y a la cuenta de WhatsApp y genere un token <b>sin vencimiento</b> con los permisos <code>whatsapp_business_messaging</code> y <code>whatsapp_business_management</code>.",
    },
    number: "El número",
    numberHint: "En la página de Meta: <b>su app → WhatsApp → Configuración de la API</b>.",
    access: "El acceso",
    accessHint:
      "Permite que balcão envíe en nombre de la tienda y compruebe que cada mensaje viene de Meta. Se guarda cifrado y no se muestra de nuevo.",
    name: "Nombre del canal",
    nameHint: "Solo lo ve el equipo. Por ejemplo: WhatsApp de la tienda.",
    nameDefault: "WhatsApp",
    phoneNumberId: "Identificador del número de teléfono",
    phoneNumberIdHint:
      "“Phone number ID”, justo debajo del campo “De”. Solo dígitos, unos quince. No es el número de teléfono.",
    phoneNumberIdIsPhone:
      "Esto parece el propio número de teléfono. El identificador está justo debajo en la página de Meta.",
    phoneNumberIdWrong:
      "Solo dígitos, sin espacios. Cópielo con el botón junto al número en la página de Meta.",
    wabaId: "Identificador de la cuenta de WhatsApp Business",
    wabaIdHint:
      "“WhatsApp Business Account ID”, junto al anterior. Sin él, balcão no puede activar la entrega de los mensajes ni mostrar las plantillas.",
    wabaIdWrong: "Solo dígitos, sin espacios.",
    accessToken: "Token de acceso",
    accessTokenHint:
      "Empieza con EAA. El de la página “Configuración de la API” vence en 24 horas y sirve solo para probar; para trabajar, use el del usuario del sistema.",
    accessTokenWrong: "El token tiene solo letras, números y signos, sin espacios. Cópielo de nuevo entero.",
    appSecret: "Clave secreta de la app",
    appSecretHint:
      "En <b>su app → Configuración de la app → Básica → Clave secreta de la app → Mostrar</b>. Son 32 letras y números.",
    appSecretWrong: "La clave tiene 32 letras (de la a a la f) y números. Cópiela de nuevo entera.",
    optional: "opcional",
    missing: "Complete este campo.",
    advanced: "Avanzado",
    verifyToken: "Token de verificación",
    verifyTokenWrong: "Solo letras, números y signos, sin espacios.",
    verifyTokenHint:
      "Lo crea balcão; Meta lo repite para probar que es ella. Cámbielo solo si ya tiene uno en uso.",
    apiVersion: "Versión de la API",
    apiVersionWrong: "Escríbala como v24.0.",
    apiVersionHint: "Como v24.0.",
    submit: "Conectar",
    taken: "Ya existe un canal con este número.",
    keep: "Déjelo vacío para mantener el actual.",
    save: "Guardar y probar",
    saved: "Datos guardados. Probando con Meta…",
  },
  progress: {
    title: "Conexión con Meta",
    live: "Se actualiza sola",
    token: "Meta aceptó el token",
    tokenWaiting: "Comprobando el token con Meta…",
    tokenFailed: "Meta no aceptó el acceso",
    tokenFailedHint: "Lo que hay que hacer está en el aviso de arriba.",
    tokenOff: "Canal apagado",
    tokenDone: "Número {{phone}}",
    tokenDoneUnknown: "El número está listo para enviar.",
    verified: "Meta confirmó la dirección",
    verifiedWaiting: "Esperando a Meta…",
    verifiedHint: "Pegue la dirección y el token en la página de Meta y haga clic en Verificar y guardar.",
    verifiedDone: "Confirmada: {{time}}",
    events: "Mensajes llegando",
    eventsWaiting: "Esperando el primer mensaje",
    eventsHint: "Suscriba el campo messages y mande un hola desde otro celular al número de la tienda.",
    eventsDone: "Último: {{time}}",
    done: "Hecho",
    now: "Ahora",
    todo: "Falta",
    failed: "Falló",
  },
  webhook: {
    title: "Pegar en Meta",
    description: "Para que Meta sepa a dónde entregar los mensajes.",
    again: "Dirección y token del webhook",
    open: "Abra <app>developers.facebook.com/apps</app>, elija su app y vaya a <b>WhatsApp → Configuración</b>.",
    paste: "En <b>Webhook</b>, haga clic en <b>Editar</b> y pegue estos dos valores:",
    address: "URL de devolución de llamada",
    token: "Token de verificación",
    tokenHidden:
      "El token de verificación se guarda cifrado y no se muestra de nuevo. Si Meta lo pide, cree otro.",
    tokenNew: "Crear otro token",
    tokenNewHint: "Vale al instante. Lo que Meta ya confirmó sigue funcionando.",
    verify: "Haga clic en <b>Verificar y guardar</b>. Aquí, el segundo paso se pone verde.",
    fields:
      "En <b>Campos del webhook</b>, active <b>Suscribirse</b> en <code>messages</code>. También conviene <code>message_template_status_update</code> y <code>account_update</code>.",
    test: "Desde otro celular, mande un mensaje al número de la tienda. Aparece en las conversaciones.",
    loopback: "Meta no alcanza esta dirección",
    loopbackText:
      "Solo existe en esta computadora o en la red de la tienda. Publique balcão en un dominio con https e inicie el servidor con <code>BALCAO_PUBLIC_URL=https://su-dominio</code>.",
    insecure: "Meta solo acepta https",
    insecureText:
      "Ponga balcão detrás de un dominio con https e inicie el servidor con <code>BALCAO_PUBLIC_URL=https://su-dominio</code>.",
  },
  outbox: {
    title: "Cola de envío",
    idle: "Nada esperando",
    idleHint: "Todo lo que escribió el equipo ya se entregó a Meta.",
    waiting_one: "{{count}} mensaje esperando",
    waiting_other: "{{count}} mensajes esperando",
    oldest: "El más antiguo espera desde {{time}}.",
    lastError: "Último error: {{error}}",
    paused: "El envío está detenido",
    pausedHint: "Los mensajes están guardados y salen cuando vuelva el canal.",
  },
  dead: {
    title: "Avisos no procesados",
    hint: "Llegaron de Meta y están guardados, pero balcão no pudo leerlos tras varios intentos.",
    state: {
      retrying: "Se intenta de nuevo solo",
      dead: "Detenido",
      unrouted: "De un número que no está en balcão",
    },
    replay: "Procesar de nuevo",
    replayed: "Procesado",
    stillFails: "Aún no: {{error}}",
    attempts_one: "{{count}} intento",
    attempts_other: "{{count}} intentos",
  },
  data: {
    title: "Datos de la conexión",
    edit: "Editar datos",
    secrets: "Token de acceso y clave secreta",
    hidden: "Guardados con cifrado",
    none: "Sin informar",
  },
  action: {
    connect: "Encender",
    retry: "Probar de nuevo",
    disconnect: "Apagar",
    disconnectTitle: "¿Apagar {{name}}?",
    disconnectText:
      "balcão deja de enviar por este número. Los mensajes en cola quedan guardados hasta que lo encienda de nuevo.",
    remove: "Eliminar canal",
    removeHint: "Las conversaciones y mensajes siguen guardados, pero nadie responde más por este número.",
    removeTitle: "¿Eliminar {{name}}?",
    removed: "Canal eliminado",
    pauseHint: "Para pausar el envío un tiempo sin perder nada.",
    danger: "Apagar o eliminar",
  },
  trouble: {
    error: "Este canal no está enviando",
    degraded: "Este canal está inestable",
    words: "En palabras de Meta: {{words}}",
    advice: {
      token:
        "El token de acceso venció o fue revocado. Genere otro en Meta, en el usuario del sistema, y guárdelo en Datos de la conexión.",
      permission:
        "El token no tiene permiso para este número. En Meta, dé al usuario del sistema acceso a la cuenta de WhatsApp y genere otro token con los permisos de mensajes y de gestión.",
      number:
        "Meta no conoce este identificador del número, o el token es de otra cuenta. Revise el identificador en Datos de la conexión.",
      blocked:
        "Meta restringió esta cuenta. Vea el motivo y pida revisión en el centro de calidad de la cuenta, en Meta.",
      billing:
        "Hay un problema de pago en la cuenta de Meta. Arregle la forma de pago en el Administrador de WhatsApp y pruebe de nuevo.",
      register:
        "El número aún no está registrado en la API. Termine el registro en la página Configuración de la API, en Meta, y pruebe de nuevo.",
      spam: "Muchos clientes bloquearon o denunciaron este número, y Meta limitó los envíos. Espere y envíe menos mensajes fuera de conversación.",
      webhooks:
        "Los mensajes pueden no llegar: Meta no aceptó activar la entrega de esta cuenta. Revise el identificador de la cuenta de WhatsApp Business y que el usuario del sistema tenga acceso a ella.",
      quality:
        "Meta considera baja la calidad de este número, porque clientes lo bloquearon o denunciaron. Si sigue así, limita los envíos.",
      meta: "El problema parece estar en Meta o en internet entre nosotros. Los mensajes están guardados y balcão lo intenta de nuevo solo.",
    },
  },
  gone: "Este canal ya no existe.",
};
