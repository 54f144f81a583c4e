import type { useTranslation } from "react-i18next";

/** The words of the inbox, as `useTranslation("inbox")` gives them. */
export type InboxWords = ReturnType<typeof useTranslation<"inbox">>["t"];
