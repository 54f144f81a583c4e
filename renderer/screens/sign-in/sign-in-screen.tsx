import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Output } from "../../../host/contract/operations.ts";
import { useQuery } from "../../command/use-query.ts";
import { useKeys } from "../../keyboard/key-handlers.ts";
import { useRegister } from "../../state/register-store.ts";
import { NoticeBanner } from "../notice-banner.tsx";
import { PreferencesRow } from "../preferences-row.tsx";
import { StatusBar } from "../status-bar.tsx";
import { PinPad } from "./pin-pad.tsx";
import { SnapshotProgress } from "./snapshot-progress.tsx";
import classes from "./sign-in.module.css";

export type Person = Output<"people.list">[number];

/**
 * People as tiles, then a PIN: all by finger, by keyboard, or by the control card (a tile's number,
 * the PIN, ENTER).
 */
export function SignInScreen() {
  const { t } = useTranslation(["sign-in", "shell"]);
  const terminal = useRegister((state) => state.view?.terminal);
  const { value: people } = useQuery("people.list", {}, ["catalogue"]);
  const [chosen, setChosen] = useState<Person | null>(null);

  useKeys("screen", (key) => {
    if (chosen !== null || people === null) return false;
    const person = /^[1-9]$/.test(key) ? people[Number(key) - 1] : undefined;
    if (person === undefined) return false;
    setChosen(person);
    return true;
  });

  return (
    <div className={classes.screen}>
      <header className={classes.header}>
        <span className={classes.brand}>{t("shell:appName")}</span>
        {terminal !== undefined && (
          <span>{t("shell:store", { store: terminal.storeName, till: terminal.tillNumber })}</span>
        )}
        <PreferencesRow />
      </header>
      <NoticeBanner />
      <main className={classes.main}>
        <SnapshotProgress />
        {chosen === null ? (
          <PeopleTiles people={people} onChoose={setChosen} />
        ) : (
          <PinPad person={chosen} onBack={() => setChosen(null)} />
        )}
      </main>
      <StatusBar />
    </div>
  );
}

function PeopleTiles(props: {
  people: readonly Person[] | null;
  onChoose: (person: Person) => void;
}) {
  const { t } = useTranslation("sign-in");
  const { people } = props;
  return (
    <section className={classes.people} aria-labelledby="who">
      <h1 id="who" className={classes.title}>
        {t("title")}
      </h1>
      {people?.length === 0 && <p className={classes.hint}>{t("noPeople")}</p>}
      <div className={classes.tiles}>
        {people?.map((person, i) => (
          <button
            key={person.personId}
            type="button"
            className={classes.tile}
            data-person={person.name}
            onClick={() => props.onChoose(person)}
          >
            {i < 9 && (
              <kbd className={classes.number} aria-hidden="true">
                {i + 1}
              </kbd>
            )}
            <bdi className={classes.name}>{person.name}</bdi>
            <span className={classes.role}>{t(person.role)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
