import "./tokens.css";
import "./stage.css";
import "./phone.css";
import "./chat.css";
import "./bubble.css";
import "./composer.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./App.tsx";
import { locale } from "./words.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("the page has no place for the app");
document.documentElement.lang = locale;
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
