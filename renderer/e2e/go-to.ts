import type { Page } from "@playwright/test";

/** Goes to a route of the screen as a link would, e.g. "/back-office/sync". */
export async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, route);
}
