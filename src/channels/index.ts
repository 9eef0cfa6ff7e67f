/** The registry of the kinds of channels: a new kind is a folder and a line here. */
import type { ChannelModules } from "./kinds.ts";
import { whatsappCloud } from "./whatsapp_cloud/kind.ts";

export const channelModules: ChannelModules = { whatsapp_cloud: whatsappCloud };
