import "@mantine/core/styles.css";
import "./theme/global.css";
import { createRoot } from "react-dom/client";
import { present } from "../domain/values/assert.ts";
import { App } from "./app.tsx";
import { openChannel } from "./channel/open-channel.ts";
import { startI18n } from "./i18n/start-i18n.ts";
import { followHost } from "./state/follow-host.ts";
import { adoptThemeVariables } from "./theme/theme.ts";

adoptThemeVariables();
startI18n();
const channel = openChannel();
followHost(channel);
createRoot(present(document.querySelector("#root"), "the page's root")).render(
  <App channel={channel} />,
);
