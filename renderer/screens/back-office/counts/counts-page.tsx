import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannel } from "../../../channel/channel-context.tsx";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { NoticeBanner } from "../../notice-banner.tsx";
import office from "../back-office.module.css";
import { Page } from "../page.tsx";
import { AddGoods } from "./add-goods.tsx";
import classes from "./counts.module.css";
import { Outcome } from "./outcome.tsx";
import { RecentCounts } from "./recent-counts.tsx";
import { quantityOf, Sheet } from "./sheet.tsx";
import {
  type AdjustReason,
  addGood,
  adjustReasons,
  modes,
  type Mode,
  useSheets,
} from "./sheet-store.ts";
import { type Saved, useSaveSheet } from "./use-save-sheet.ts";

/** Counting the shelf, receiving goods, correcting what the books say: each one sheet, saved as one fact. */
export function CountsPage({ chosen }: { readonly chosen: string | null }) {
  const { t } = useTranslation("counts");
  const [mode, setMode] = useState<Mode>("count");
  const [saved, setSaved] = useState<Saved | null>(null);
  useChosenGood(chosen);
  return (
    <Page
      title={t("title")}
      filters={
        <ModeChoice
          mode={mode}
          onChange={(next) => {
            setSaved(null);
            setMode(next);
          }}
        />
      }
    >
      <NoticeBanner />
      <SheetForm key={mode} mode={mode} onSaved={setSaved} />
      {saved && <Outcome saved={saved} />}
      <RecentCounts />
    </Page>
  );
}

/** A good that another page sent here is on the count's sheet. */
function useChosenGood(sku: string | null): void {
  const channel = useChannel();
  useEffect(() => {
    if (sku === null) return;
    void channel.call("stock.list", { text: sku, limit: 50 }).then((found) => {
      const good = found.ok ? found.value.find((each) => each.sku === sku) : undefined;
      if (good !== undefined) addGood("count", good);
    });
  }, [channel, sku]);
}

function ModeChoice(props: { readonly mode: Mode; readonly onChange: (mode: Mode) => void }) {
  const { t } = useTranslation("counts");
  return (
    <fieldset className={classes.modes} aria-label={t("modes")}>
      {modes.map((mode) => (
        <TouchButton
          key={mode}
          aria-pressed={mode === props.mode}
          data-mode={mode}
          kind={mode === props.mode ? "go" : "plain"}
          onClick={() => props.onChange(mode)}
        >
          {t(`mode.${mode}`)}
        </TouchButton>
      ))}
    </fieldset>
  );
}

interface SheetFormProps {
  readonly mode: Mode;
  readonly onSaved: (saved: Saved | null) => void;
}

function SheetForm({ mode, onSaved }: SheetFormProps) {
  const { t } = useTranslation("counts");
  const lines = useSheets((state) => state.lines[mode]);
  const { reason, note } = useSheets();
  const [marked, setMarked] = useState(false);
  const fields = useRef(new Map<string, HTMLInputElement>());
  const { save, running } = useSaveSheet();

  async function submit(): Promise<void> {
    const bad = lines.find((line) => quantityOf(mode, line) === null);
    setMarked(bad !== undefined);
    if (bad !== undefined) return fields.current.get(bad.sku)?.focus();
    const saved = await save({ mode, lines, reason, note });
    if (saved !== null) onSaved(saved);
  }

  return (
    <section className={classes.form} aria-label={t(`mode.${mode}`)}>
      <p className={office.quiet}>{t(`hint.${mode}`)}</p>
      <div className={office.filters}>
        {mode === "adjust" && <ReasonChoice reason={reason} />}
        <AddGoods
          mode={mode}
          onAdded={(sku) => setTimeout(() => fields.current.get(sku)?.focus())}
        />
      </div>
      <Sheet {...{ mode, lines, marked, fields }} />
      <div className={office.filters}>
        {mode !== "count" && <Note note={note} />}
        {lines.length > 0 && (
          <TouchButton
            kind="go"
            size="large"
            data-save-sheet={mode}
            disabled={running}
            onClick={() => void submit()}
          >
            {t(`save.${mode}`, { count: lines.length })}
          </TouchButton>
        )}
      </div>
    </section>
  );
}

function ReasonChoice({ reason }: { readonly reason: AdjustReason }) {
  const { t } = useTranslation("counts");
  return (
    <label className={office.filter}>
      <span>{t("reason")}</span>
      <select
        value={reason}
        onChange={(event) => useSheets.setState({ reason: event.target.value as AdjustReason })}
      >
        {adjustReasons.map((each) => (
          <option key={each} value={each}>
            {t(`adjustReason.${each}`)}
          </option>
        ))}
      </select>
    </label>
  );
}

function Note({ note }: { readonly note: string }) {
  const { t } = useTranslation("counts");
  return (
    <label className={`${office.filter} ${office.wide}`}>
      <span>{t("note")}</span>
      <input
        dir="auto"
        maxLength={200}
        value={note}
        onChange={(event) => useSheets.setState({ note: event.target.value })}
      />
    </label>
  );
}
