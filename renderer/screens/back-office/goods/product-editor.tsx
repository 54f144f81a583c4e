import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Failure } from "../../../../host/contract/operations.ts";
import type { ProductEditView } from "../../../../host/contract/product-views.ts";
import { failureText } from "../../../command/failure-text.ts";
import { useCommand } from "../../../command/use-command.ts";
import { useQuery } from "../../../command/use-query.ts";
import { TouchButton } from "../../../controls/touch-button.tsx";
import { useFormats } from "../../../formatting/use-formats.ts";
import { useRegister } from "../../../state/register-store.ts";
import { NoticeBanner } from "../../notice-banner.tsx";
import office from "../back-office.module.css";
import { Detail } from "../page.tsx";
import { useWakeSync } from "../use-wake-sync.ts";
import classes from "./goods.module.css";
import { PlannedPrice } from "./planned-price.tsx";
import { badFieldOf, changesOf, draftOf, type ProductDraft } from "./product-draft.ts";

interface ProductEditorProps {
  readonly sku: string;
  readonly onClose: () => void;
}

/** [C3] One good: every field, its planned price, and what others changed meanwhile. */
export function ProductEditor({ sku, onClose }: ProductEditorProps) {
  const query = useQuery("product.view", { sku }, ["catalogue", "exceptions"]);
  const product = query.value;
  useWakeSync();
  return (
    <Detail title={product?.name ?? sku} onClose={onClose}>
      <NoticeBanner />
      {query.state === "failed" && <Failed failure={query.failure} />}
      {product && (
        <>
          <Notes product={product} />
          <EditForm key={product.sku} product={product} onSaved={query.refresh} />
          <PlannedPrice product={product} onChanged={query.refresh} />
        </>
      )}
    </Detail>
  );
}

function Failed({ failure }: { readonly failure: Failure<"product.view"> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <p role="alert" className={office.look}>
      {failureText(failure, t, formats).happened}
    </p>
  );
}

function Notes({ product }: { readonly product: ProductEditView }) {
  const { t } = useTranslation("goods");
  const formats = useFormats();
  return (
    <>
      <p className={office.quiet}>
        <bdi dir="ltr">{product.sku}</bdi> ·{" "}
        {t("stock", { quantity: formats.quantity(product.stockMilli) })} ·{" "}
        <a href={`#/back-office/stock/${encodeURIComponent(product.sku)}`}>{t("movements")}</a>
      </p>
      {product.unsent.length > 0 && <p className={office.quiet}>{t("unsent")}</p>}
      {product.conflicts.length > 0 && (
        <p className={office.look} data-conflicts={product.conflicts.length}>
          {t("conflict")} <a href="#/back-office/inbox">{t("toInbox")}</a>
        </p>
      )}
    </>
  );
}

interface EditFormProps {
  readonly product: ProductEditView;
  readonly onSaved: () => void;
}

function EditForm({ product, onSaved }: EditFormProps) {
  const { t } = useTranslation("goods");
  const { money } = useFormats();
  const edit = useCommand("product.edit");
  // What the person began with: a change from elsewhere does not slip under what is typed here.
  const [began, setBegan] = useState(product);
  const [seen, setSeen] = useState(product);
  const [draft, setDraft] = useState(() => draftOf(product, money));
  const [tried, setTried] = useState(false);
  const [isSaved, setIsSaved] = useState(false);
  const changes = changesOf(draftOf(began, money), draft, money);
  const isChanged = Object.keys(changes).length > 0;
  // Where nobody has typed the fields follow the good.
  if (product !== seen) {
    setSeen(product);
    if (!isChanged) {
      setBegan(product);
      setDraft(draftOf(product, money));
    }
  }
  const bad = tried ? badFieldOf(draft, money) : null;

  async function save(): Promise<void> {
    setTried(true);
    if (badFieldOf(draft, money) !== null) return;
    const result = await edit.run({ sku: product.sku, changes, versions: began.versions });
    if (result?.ok !== true) return;
    setBegan(result.value);
    setDraft(draftOf(result.value, money));
    setIsSaved(true);
    onSaved();
  }

  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Fields
        draft={draft}
        currency={money.currency}
        onChange={(next) => {
          setIsSaved(false);
          setDraft(next);
        }}
      />
      {bad !== null && (
        <p role="alert" className={office.alert}>
          {t(`bad.${bad}`)}
        </p>
      )}
      <div className={classes.buttons}>
        <TouchButton
          type="submit"
          kind="go"
          data-save-product=""
          disabled={!isChanged || edit.running}
        >
          {t("save")}
        </TouchButton>
        <output className={office.quiet}>{isSaved && t("saved")}</output>
      </div>
    </form>
  );
}

interface FieldsProps {
  readonly draft: ProductDraft;
  readonly currency: string;
  readonly onChange: (draft: ProductDraft) => void;
}

const texts = ["brand", "category", "favourite", "plu"] as const;

function Fields({ draft, currency, onChange }: FieldsProps) {
  const { t } = useTranslation("goods");
  const taxes = useRegister((state) => state.view?.terminal.taxCategories ?? []);
  const input = (field: keyof ProductDraft, direction: "auto" | "ltr" = "auto") => (
    <input
      name={field}
      dir={direction}
      maxLength={200}
      autoComplete="off"
      value={draft[field]}
      onChange={(event) => onChange({ ...draft, [field]: event.target.value })}
    />
  );
  const choice = (
    field: "unit" | "taxCategory",
    options: readonly (readonly [string, string])[],
  ) => (
    <select
      name={field}
      value={draft[field]}
      onChange={(event) => onChange({ ...draft, [field]: event.target.value })}
    >
      {options.map(([value, words]) => (
        <option key={value} value={value}>
          {words}
        </option>
      ))}
    </select>
  );
  const units = (["each", "kg"] as const).map((unit) => [unit, t(`unit.${unit}`)] as const);
  return (
    <div className={classes.fields}>
      <Field label={t("field.name")} isWide>
        {input("name")}
      </Field>
      <Field label={t("field.price", { currency })}>{input("price", "ltr")}</Field>
      <Field label={t("field.taxCategory")}>
        {choice(
          "taxCategory",
          [...new Set([...taxes, draft.taxCategory])].map((tax) => [tax, tax] as const),
        )}
      </Field>
      <Field label={t("field.unit")}>{choice("unit", units)}</Field>
      {texts.map((field) => (
        <Field key={field} label={t(`field.${field}`)}>
          {input(field)}
        </Field>
      ))}
      <Field label={t("field.gtins")} isWide>
        <textarea
          name="gtins"
          dir="ltr"
          rows={2}
          value={draft.gtins}
          onChange={(event) => onChange({ ...draft, gtins: event.target.value })}
        />
      </Field>
    </div>
  );
}

function Field(props: {
  readonly label: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <label className={props.isWide === true ? classes.wide : undefined}>
      <span>{props.label}</span>
      {props.children}
    </label>
  );
}
