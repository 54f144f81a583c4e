import { DirectionProvider, MantineProvider } from "@mantine/core";
import { lazy, Suspense, useEffect } from "react";
import { ChannelProvider } from "./channel/channel-context.tsx";
import type { TillChannel } from "./channel/till-channel.ts";
import { directionOf } from "./i18n/languages.ts";
import { useLanguage } from "./i18n/use-language.ts";
import { listenToKeys } from "./keyboard/listen-to-keys.ts";
import { useRoute } from "./router/route.ts";
import { useScanning } from "./scan/use-scanning.ts";
import { typeIntoSearch } from "./screens/register/type-into-search.ts";
import { LeavingNotice } from "./screens/leaving-notice.tsx";
import { ScreenGuard } from "./screens/screen-guard.tsx";
import { TillScreen } from "./screens/till-screen.tsx";
import { theme } from "./theme/theme.ts";
import { useColourScheme } from "./theme/use-colour-scheme.ts";

const BackOfficeScreen = lazy(() =>
  import("./screens/back-office/back-office-screen.tsx").then((screen) => ({
    default: screen.BackOfficeScreen,
  })),
);
const ControlCardScreen = lazy(() =>
  import("./screens/control-card/control-card-screen.tsx").then((screen) => ({
    default: screen.ControlCardScreen,
  })),
);

export function App(props: { channel: TillChannel }) {
  const direction = directionOf(useLanguage());
  const scheme = useColourScheme();
  return (
    <DirectionProvider key={direction} initialDirection={direction} detectDirection={false}>
      <MantineProvider
        theme={theme}
        forceColorScheme={scheme}
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <ChannelProvider channel={props.channel}>
          <ScreenGuard>
            <Suspense fallback={null}>
              <Screen />
              <LeavingNotice />
            </Suspense>
          </ScreenGuard>
        </ChannelProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

function Screen() {
  const route = useRoute();
  const isTill = !route.startsWith("/back-office") && route !== "/control-card";
  useScanning(isTill);
  useEffect(() => listenToKeys(window, isTill ? typeIntoSearch : () => false), [isTill]);
  if (route.startsWith("/back-office")) return <BackOfficeScreen />;
  if (route === "/control-card") return <ControlCardScreen />;
  return <TillScreen />;
}
