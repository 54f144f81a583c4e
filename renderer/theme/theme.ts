import {
  convertCssVariables,
  createTheme,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  type MantineColorsTuple,
  mergeMantineTheme,
} from "@mantine/core";

/** The one accent: it means "go on". Stop is red, look is amber. */
const accent: MantineColorsTuple = [
  "#e6f3f1",
  "#cfe6e2",
  "#a3cfc9",
  "#72b6ad",
  "#4fbfb2",
  "#2a867c",
  "#167068",
  "#0b5d57",
  "#084b46",
  "#053733",
];

const neutral: MantineColorsTuple = [
  "#eef2f1",
  "#c9d2d0",
  "#a3b0ad",
  "#7b8986",
  "#5a6865",
  "#35413f",
  "#263130",
  "#151d1c",
  "#0f1615",
  "#0c1211",
];

/**
 * Ships with the program, so that a till looks the same on every machine; Hebrew is its own file.
 */
const fontFamily = '"Noto Sans Variable", "Noto Sans Hebrew Variable", system-ui, sans-serif';

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { accent, dark: neutral },
  defaultRadius: "md",
  fontFamily,
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "md" } },
    TextInput: { defaultProps: { size: "md" } },
    Select: { defaultProps: { size: "md" } },
  },
});

/**
 * The component library's variables as a constructed style sheet: it would else write a `<style>`
 * element, which the content security policy `style-src 'self'` refuses.
 */
export function adoptThemeVariables(): void {
  const sheet = new CSSStyleSheet();
  const whole = mergeMantineTheme(DEFAULT_THEME, theme);
  sheet.replaceSync(convertCssVariables(defaultCssVariablesResolver(whole)));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
