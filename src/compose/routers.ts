import type { SetupCode } from "../auth/setup-code.ts";
import type { Throttle } from "../auth/throttle.ts";
import { deadLetterRoutes } from "../channels/dead-letter-routes.ts";
import { channelModules } from "../channels/index.ts";
import { webhookRoutes } from "../channels/webhook-routes.ts";
import type { Config } from "../config.ts";
import { apiKeyRoutes } from "../domain/api-keys/routes.ts";
import { attachmentRoutes } from "../domain/attachments/routes.ts";
import { channelRoutes } from "../domain/channels/routes.ts";
import { companyRoutes } from "../domain/companies/routes.ts";
import { contactRoutes } from "../domain/contacts/routes.ts";
import type { Context } from "../domain/context.ts";
import { conversationRoutes } from "../domain/conversations/routes.ts";
import type { TypingSignals } from "../domain/conversations/typing.ts";
import { invitationRoutes } from "../domain/invitations/routes.ts";
import { labelRoutes } from "../domain/labels/routes.ts";
import { messageRoutes } from "../domain/messages/routes.ts";
import { queueRoutes } from "../domain/queues/routes.ts";
import type { Router } from "../domain/routing.ts";
import { searchRoutes } from "../domain/search/routes.ts";
import { sessionRoutes } from "../domain/sessions/routes.ts";
import { userRoutes } from "../domain/users/routes.ts";
import type { Bus } from "../events/bus.ts";
import { atendimentoRoutes } from "../realtime/dialects/atendimento/routes.ts";
import { atendimentoSignInRoutes } from "../realtime/dialects/atendimento/sign-in-routes.ts";
import type { Realtime } from "../realtime/realtime.ts";
import { realtimeRoutes } from "../realtime/routes.ts";
import type { Messaging } from "./messaging.ts";
import { eventSources } from "./realtime.ts";

export interface RouterDeps {
  readonly context: Context;
  readonly config: Config;
  readonly bus: Bus;
  readonly epoch: string;
  readonly realtime: Realtime;
  readonly messaging: Messaging;
  readonly setupCode: SetupCode;
  /** Counts attempts at passwords. */
  readonly throttle: Throttle;
}

/** Everything below `/api/v1`: a new noun of the domain has its line here. */
export function apiRouters(deps: RouterDeps): readonly Router[] {
  const { context, config, bus, epoch, realtime, messaging, setupCode, throttle } = deps;
  const { presence } = realtime.sessions;
  const { publicUrl } = config;
  const { registry, meter } = realtime;
  return [
    sessionRoutes(context, { presence, throttle }),
    companyRoutes(context, { presence, setupCode }),
    invitationRoutes(context, { presence, publicUrl }),
    userRoutes(context, { presence }),
    queueRoutes(context),
    labelRoutes(context),
    contactRoutes(context),
    apiKeyRoutes(context),
    conversationRoutes(context, typingSignals(deps)),
    messageRoutes(context),
    attachmentRoutes(context),
    searchRoutes(context),
    channelRoutes(context, { kinds: channelModules, port: messaging.runtime, publicUrl }),
    deadLetterRoutes(messaging.inbound, messaging.retry),
    realtimeRoutes({ sql: context.sql, bus, epoch, registry, meter, sources: eventSources(presence) }),
  ];
}

/** An agent who types over REST: colleagues see it, and the contact where the channel can show it. */
function typingSignals({ context, realtime, messaging }: RouterDeps): TypingSignals {
  return {
    agentTyping(caller, id, typing) {
      if (typing) messaging.receipts.typing(caller.companyId, id);
      realtime.sessions.agentTyping(caller, id, typing).catch((error: unknown) => {
        context.log.warn("typing could not be relayed", { error });
      });
    },
  };
}

/** What stands at the root: webhooks of the providers, and the shapes of older systems. */
export function rootRouters({ context, realtime, messaging, throttle }: RouterDeps): readonly Router[] {
  const { presence } = realtime.sessions;
  return [
    webhookRoutes(messaging.inbound),
    atendimentoSignInRoutes(context, { presence, throttle }),
    atendimentoRoutes(context),
  ];
}
