import { type KeyboardEvent, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useChannel } from "../../../channel/channel-context.tsx";
import { useEntry } from "../../../state/entry-store.ts";
import { usePane } from "../../../state/pane-store.ts";
import { useSearch } from "../../../state/search-store.ts";
import { searchFieldId } from "../focus-search.ts";
import { useGoods } from "../use-goods.ts";
import classes from "./search-field.module.css";

const mostResults = 60;

/** Search as you type, or a code typed by hand. A scanner never writes here. */
export function SearchField() {
  const { t } = useTranslation("register");
  const text = useEntry((state) => state.text);
  const goods = useGoods();
  useSearchAsYouType(text.trim());

  function onChange(typed: string): void {
    useEntry.setState({ text: typed });
    const { pane, open } = usePane.getState();
    if (typed.trim() !== "" && pane.kind !== "search") open({ kind: "search" });
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { results, lit } = useSearch.getState();
    if (event.key === "ArrowDown") {
      useSearch.setState({ lit: Math.min(lit + 1, results.length - 1) });
    } else if (event.key === "ArrowUp") {
      useSearch.setState({ lit: Math.max(lit - 1, 0) });
    } else if (event.key === "Enter") {
      goods.takeTyped();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className={classes.search}>
      <input
        id={searchFieldId}
        className={classes.field}
        type="text"
        role="combobox"
        aria-expanded={text.trim() !== ""}
        aria-controls="search-results"
        aria-label={t("search.label")}
        aria-keyshortcuts="F2"
        placeholder={t("search.placeholder")}
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={text}
        onFocus={() => {
          const { pane, open } = usePane.getState();
          if (pane.kind === "goods" || pane.kind === "change") open({ kind: "search" });
        }}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <kbd className={classes.hint}>F2</kbd>
    </div>
  );
}

/** Asks at each letter; an answer that comes after a newer question is dropped. */
function useSearchAsYouType(text: string): void {
  const channel = useChannel();
  useEffect(() => {
    if (text === "") {
      useSearch.setState({ results: [], answeredText: "", lit: 0 });
      return;
    }
    let current = true;
    void channel.call("catalogue.search", { text, limit: mostResults }).then((result) => {
      if (current && result.ok) {
        useSearch.setState({ results: result.value, answeredText: text, lit: 0 });
      }
    });
    return () => {
      current = false;
    };
  }, [channel, text]);
}
