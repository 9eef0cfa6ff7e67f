import "./fonts.css";
import "@mantine/core/styles/baseline.css";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Button.css";
import "@mantine/core/styles/ActionIcon.css";
import "@mantine/core/styles/CloseButton.css";
import "@mantine/core/styles/Loader.css";
import "@mantine/core/styles/Paper.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import "@mantine/core/styles/Tooltip.css";
import "@mantine/core/styles/Overlay.css";
import "@mantine/core/styles/ModalBase.css";
import "@mantine/core/styles/Modal.css";
import "@mantine/core/styles/Drawer.css";
import "@mantine/core/styles/Input.css";
import "@mantine/core/styles/InlineInput.css";
import "@mantine/core/styles/PasswordInput.css";
import "@mantine/core/styles/Combobox.css";
import "@mantine/core/styles/ScrollArea.css";
import "@mantine/core/styles/Checkbox.css";
import "./kit/tokens.css";
import "./kit/base.css";
import "./kit/kit.css";
import "./shell/shell.css";
import "./auth/auth.css";
import "./inbox/list.css";
import "./inbox/thread.css";
import "./inbox/message.css";
import "./inbox/composer.css";
import "./inbox/panel.css";
import "./settings/settings.css";
import "./setup/setup.css";

import { createRoot } from "react-dom/client";

import { Api } from "./api.ts";
import { App } from "./App.tsx";
import { i18n, startI18n } from "./i18n/setup.ts";
import { Session } from "./session.ts";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");

await startI18n();
const session = new Session();
const api = new Api(session, () => i18n.language);
createRoot(root).render(<App api={api} />);
void session.begin();
