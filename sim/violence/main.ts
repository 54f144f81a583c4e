import { parseArgs } from "node:util";
import { type FaultKind, faultKinds } from "./faults.ts";
import { commitViolence } from "./rounds.ts";

/** `npm run violence -- --rounds N --seed S`: ends with 0 only when every round held. */

const help = `Real tills, a real store server, real cables, and violence.

  --rounds N   how many (default: 200)
  --seed S     which violence, and when (default: 20261123)
  --tills N    how many tills sell (default: 2)
  --prove N    read and prove all books every N rounds (default: 1)
  --only KIND  this kind of violence alone; may be given again
  --help       this

Kinds: ${faultKinds.join(", ")}.

One line a round on stderr; at the end one line of JSON.
`;

const option = (value: string) => ({ type: "string", default: value }) as const;
const { values } = parseArgs({
  options: {
    rounds: option("200"),
    seed: option("20261123"),
    tills: option("2"),
    prove: option("1"),
    only: { type: "string", multiple: true, default: [] },
    help: { type: "boolean", default: false },
  },
});

function count(name: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  console.error(`--${name} ${text} is not a number from 1 to 999999\n\n${help}`);
  process.exit(64);
}

function kindOf(text: string): FaultKind {
  const kind = faultKinds.find((known) => known === text);
  if (kind !== undefined) return kind;
  console.error(`--only ${text} is no kind of violence\n\n${help}`);
  process.exit(64);
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

if (values.help) {
  console.log(help);
} else {
  const report = await commitViolence({
    rounds: count("rounds", values.rounds),
    seed: BigInt(count("seed", values.seed.slice(0, 6)) && values.seed),
    tills: count("tills", values.tills),
    proveEvery: count("prove", values.prove),
    only: values.only.map(kindOf),
    say: (line) => console.error(line),
  });
  console.log(JSON.stringify(report));
  if (report.failures.length > 0) {
    const again = `npm run violence -- --rounds ${values.rounds} --seed ${values.seed}`;
    console.error(`The shop's files are kept in ${report.folder}. Again: ${again}`);
  }
  process.exit(report.failures.length === 0 ? 0 : 1);
}
