/**
 * The one table of errors. `http/errors.ts` and each dialect map it to their wire;
 * `temporary` says that the same request may succeed later.
 */
import type { Locale } from "./entities.ts";

interface ErrorEntry {
  readonly status: 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 422 | 429 | 500 | 502 | 503;
  readonly temporary: boolean;
  readonly message: Readonly<Record<Locale, string>>;
}

export const errors = {
  malformed_json: {
    status: 400,
    temporary: false,
    message: {
      en: "The request body is not valid JSON.",
      "pt-BR": "O corpo da requisição não é um JSON válido.",
      es: "El cuerpo de la solicitud no es un JSON válido.",
    },
  },
  invalid_request: {
    status: 400,
    temporary: false,
    message: {
      en: "Some fields are missing or not as expected; see details.",
      "pt-BR": "Há campos ausentes ou fora do esperado; veja os detalhes.",
      es: "Faltan campos o no son lo esperado; vea los detalles.",
    },
  },
  unauthorized: {
    status: 401,
    temporary: false,
    message: {
      en: "Sign in to do this.",
      "pt-BR": "Entre na sua conta para fazer isso.",
      es: "Inicie sesión para hacer esto.",
    },
  },
  token_invalid: {
    status: 401,
    temporary: false,
    message: {
      en: "This access token is not valid. Sign in again.",
      "pt-BR": "Este token de acesso não é válido. Entre de novo.",
      es: "Este token de acceso no es válido. Inicie sesión de nuevo.",
    },
  },
  token_expired: {
    status: 401,
    temporary: false,
    message: {
      en: "Your session has expired. Sign in again.",
      "pt-BR": "Sua sessão expirou. Entre de novo.",
      es: "Su sesión expiró. Inicie sesión de nuevo.",
    },
  },
  invalid_credentials: {
    status: 401,
    temporary: false,
    message: {
      en: "E-mail or password is wrong.",
      "pt-BR": "E-mail ou senha incorretos.",
      es: "Correo o contraseña incorrectos.",
    },
  },
  invalid_signature: {
    status: 401,
    temporary: false,
    message: {
      en: "The signature does not match the body.",
      "pt-BR": "A assinatura não confere com o corpo.",
      es: "La firma no coincide con el cuerpo.",
    },
  },
  forbidden: {
    status: 403,
    temporary: false,
    message: {
      en: "Your role does not allow this. Ask an administrator.",
      "pt-BR": "Seu perfil não permite isso. Fale com um administrador.",
      es: "Su rol no permite esto. Consulte a un administrador.",
    },
  },
  origin_not_allowed: {
    status: 403,
    temporary: false,
    message: {
      en: "This origin is not in BALCAO_ALLOWED_ORIGINS.",
      "pt-BR": "Esta origem não está em BALCAO_ALLOWED_ORIGINS.",
      es: "Este origen no está en BALCAO_ALLOWED_ORIGINS.",
    },
  },
  setup_code_invalid: {
    status: 403,
    temporary: false,
    message: {
      en: "The set-up code is wrong. It is in the server's log and in the file setup-code of the data folder.",
      "pt-BR":
        "O código de configuração está errado. Ele está no log do servidor e no arquivo setup-code da pasta de dados.",
      es: "El código de configuración es incorrecto. Está en el registro del servidor y en el archivo setup-code de la carpeta de datos.",
    },
  },
  not_found: {
    status: 404,
    temporary: false,
    message: {
      en: "Not found.",
      "pt-BR": "Não encontrado.",
      es: "No encontrado.",
    },
  },
  method_not_allowed: {
    status: 405,
    temporary: false,
    message: {
      en: "This address does not answer that method.",
      "pt-BR": "Este endereço não responde a esse método.",
      es: "Esta dirección no responde a ese método.",
    },
  },
  already_set_up: {
    status: 409,
    temporary: false,
    message: {
      en: "A company exists already. Sign in instead.",
      "pt-BR": "Já existe uma empresa. Entre com sua conta.",
      es: "Ya existe una empresa. Inicie sesión.",
    },
  },
  already_exists: {
    status: 409,
    temporary: false,
    message: {
      en: "There is one with this name or address already.",
      "pt-BR": "Já existe um com este nome ou endereço.",
      es: "Ya existe uno con este nombre o dirección.",
    },
  },
  in_use: {
    status: 409,
    temporary: false,
    message: {
      en: "It is still in use and can't be removed.",
      "pt-BR": "Ainda está em uso e não pode ser removido.",
      es: "Todavía está en uso y no se puede eliminar.",
    },
  },
  conversation_open: {
    status: 409,
    temporary: false,
    message: {
      en: "This contact already has an open conversation on this channel.",
      "pt-BR": "Este contato já tem uma conversa aberta neste canal.",
      es: "Este contacto ya tiene una conversación abierta en este canal.",
    },
  },
  idempotency_conflict: {
    status: 409,
    temporary: false,
    message: {
      en: "This client_id was used for another message.",
      "pt-BR": "Este client_id já foi usado em outra mensagem.",
      es: "Este client_id ya se usó en otro mensaje.",
    },
  },
  stale_reply: {
    status: 409,
    temporary: false,
    message: {
      en: "The customer wrote again in the meantime. Read the new messages, then send.",
      "pt-BR": "O cliente escreveu de novo enquanto isso. Leia as novas mensagens e envie.",
      es: "El cliente volvió a escribir mientras tanto. Lea los mensajes nuevos y envíe.",
    },
  },
  conflict: {
    status: 409,
    temporary: false,
    message: {
      en: "It is in a state that does not allow this.",
      "pt-BR": "O estado atual não permite isso.",
      es: "El estado actual no permite esto.",
    },
  },
  body_too_large: {
    status: 413,
    temporary: false,
    message: {
      en: "This is too large.",
      "pt-BR": "Grande demais.",
      es: "Demasiado grande.",
    },
  },
  unsupported_media_type: {
    status: 415,
    temporary: false,
    message: {
      en: "This kind of content is not accepted here.",
      "pt-BR": "Este tipo de conteúdo não é aceito aqui.",
      es: "Este tipo de contenido no se acepta aquí.",
    },
  },
  window_closed: {
    status: 422,
    temporary: false,
    message: {
      en: "More than 24 hours have passed since the customer's last message: send a template.",
      "pt-BR": "Já se passaram mais de 24 horas desde a última mensagem do cliente: envie um modelo.",
      es: "Pasaron más de 24 horas desde el último mensaje del cliente: envíe una plantilla.",
    },
  },
  not_supported: {
    status: 422,
    temporary: false,
    message: {
      en: "This channel can't do that.",
      "pt-BR": "Este canal não permite isso.",
      es: "Este canal no permite eso.",
    },
  },
  link_invalid: {
    status: 422,
    temporary: false,
    message: {
      en: "This link was used already or has expired. Ask for a new one.",
      "pt-BR": "Este link já foi usado ou expirou. Peça um novo.",
      es: "Este enlace ya se usó o expiró. Pida uno nuevo.",
    },
  },
  rate_limited: {
    status: 429,
    temporary: true,
    message: {
      en: "Too many attempts. Wait a little and try again.",
      "pt-BR": "Muitas tentativas. Espere um pouco e tente de novo.",
      es: "Demasiados intentos. Espere un poco e intente de nuevo.",
    },
  },
  room_limit: {
    status: 429,
    temporary: true,
    message: {
      en: "This connection is in 100 rooms already; leave one first.",
      "pt-BR": "Esta conexão já está em 100 salas; saia de uma antes.",
      es: "Esta conexión ya está en 100 salas; salga de una antes.",
    },
  },
  connection_limit: {
    status: 429,
    temporary: true,
    message: {
      en: "Too many connections are open. Close some and try again.",
      "pt-BR": "Há conexões abertas demais. Feche algumas e tente de novo.",
      es: "Hay demasiadas conexiones abiertas. Cierre algunas e intente de nuevo.",
    },
  },
  internal: {
    status: 500,
    temporary: true,
    message: {
      en: "Something went wrong on our side. Try again; if it stays, send the request id to whoever runs this server.",
      "pt-BR":
        "Algo deu errado do nosso lado. Tente de novo; se continuar, envie o id da requisição a quem cuida deste servidor.",
      es: "Algo salió mal de nuestro lado. Intente de nuevo; si continúa, envíe el id de la solicitud a quien administra este servidor.",
    },
  },
  provider_error: {
    status: 502,
    temporary: true,
    message: {
      en: "The channel's provider answered with an error.",
      "pt-BR": "O provedor do canal respondeu com um erro.",
      es: "El proveedor del canal respondió con un error.",
    },
  },
  storage_full: {
    status: 503,
    temporary: true,
    message: {
      en: "The server's disk is full. Nothing was changed; free some space and try again.",
      "pt-BR": "O disco do servidor está cheio. Nada foi alterado; libere espaço e tente de novo.",
      es: "El disco del servidor está lleno. Nada cambió; libere espacio e intente de nuevo.",
    },
  },
  unavailable: {
    status: 503,
    temporary: true,
    message: {
      en: "Busy or restarting. Nothing was changed; try again in a moment.",
      "pt-BR": "Ocupado ou reiniciando. Nada foi alterado; tente de novo em instantes.",
      es: "Ocupado o reiniciando. Nada cambió; intente de nuevo en un momento.",
    },
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errors;

/** A refusal that the person who asked should read; thrown by `domain/` and mapped once per wire. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly code: ErrorCode,
    /** Facts for the client, such as the offending field or the newer messages; nothing internal. */
    readonly details?: Readonly<Record<string, unknown>>,
  ) {
    super(errors[code].message.en);
  }
}
