import { expect, type Page } from "@playwright/test";
import { keepPicture } from "./screen.ts";

/** Tall enough that a picture shows every card. */
const wholePage = { width: 1366, height: 2_600 };
const languages = ["en", "de", "he"] as const;

/** Looks at a page of the back office in each language, keeps a picture of each, and goes back to English. */
export async function inEveryLanguage(
  page: Page,
  name: string,
  look: (language: (typeof languages)[number]) => Promise<void>,
): Promise<void> {
  const usual = page.viewportSize() ?? { width: 1366, height: 768 };
  await page.setViewportSize(wholePage);
  for (const language of languages) {
    await page.locator(`button[lang=${language}]`).click();
    await expect(page.locator("html")).toHaveAttribute("dir", language === "he" ? "rtl" : "ltr");
    await look(language);
    await keepPicture(page, `${name}-${language}`);
  }
  await page.locator("button[lang=en]").click();
  await page.setViewportSize(usual);
}
