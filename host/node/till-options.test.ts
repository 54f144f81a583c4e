import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readTillOptions, UsageError } from "./till-options.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = () => temporaryFolder("options");

it("reads the command line", () => {
  const data = folder();
  const line = ["--data", data, "--port", "7000", "--locale", "he", "--printer", "10.0.0.5:9100"];
  const options = readTillOptions([...line, "--payment", "http://127.0.0.1:1/nexo"], {});
  expect(options).toMatchObject({
    port: 7000,
    locale: "he",
    printer: { host: "10.0.0.5", port: 9100 },
    payment: "http://127.0.0.1:1/nexo",
    store: null,
    enrolmentCode: null,
    tokens: [],
    waitForCatalogue: false,
  });
  expect(options.folder.root).toBe(data);
});

it("till.json of the data folder says the same things; the command line wins", () => {
  const data = folder();
  const settings = {
    locale: "de",
    store: "https://10.0.0.1:8443/graphql",
    printer: "10.0.0.5:9100",
  };
  writeFileSync(join(data, "till.json"), JSON.stringify(settings));
  const options = readTillOptions(["--data", data, "--locale", "he"], {});
  expect(options).toMatchObject({
    locale: "he",
    store: "https://10.0.0.1:8443/graphql",
    printer: { host: "10.0.0.5", port: 9100 },
  });
});

it("secrets come by the environment, where other users of the machine cannot read them", () => {
  const env = { EVERTILL_TOKENS: "a,b", EVERTILL_ENROLMENT_CODE: "K7QF-2M9D-XW4T" };
  const options = readTillOptions(["--data", folder()], env);
  expect(options.tokens).toEqual(["a", "b"]);
  expect(options.enrolmentCode).toBe("K7QF-2M9D-XW4T");
});

it("switches of Electron and Chromium are left to them", () => {
  const line = ["--remote-debugging-port=0", "--data", folder(), "--no-sandbox"];
  expect(() => readTillOptions(line, {})).not.toThrow();
});

it.each([
  [["--port", "70000"], "port"],
  [["--printer", "somewhere"], "host:port"],
  [["--locale", "English please"], "a language such as en"],
  [["--store", "not an address"], "store"],
])("%j is refused with its name", (line, word) => {
  const read = () => readTillOptions(["--data", folder(), ...line], {});
  expect(read).toThrow(UsageError);
  expect(read).toThrow(word);
});

it("a settings file that is no JSON, or says something unknown, is refused by its name", () => {
  const data = folder();
  const file = join(data, "till.json");
  for (const text of ["{", '{"lokale":"de"}']) {
    writeFileSync(file, text);
    expect(() => readTillOptions(["--data", data], {})).toThrow(file);
  }
});
