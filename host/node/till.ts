import { explainStart } from "./explain-start.ts";
import { openTill } from "./open-till.ts";
import { readTillOptions } from "./till-options.ts";

/**
 * One till as a plain Node program: `node host/node/till.ts --data DIR …` (`--help` lists the options).
 * Says one line of JSON on stdout when it can sell; ends with a code of exit-codes.ts.
 */
try {
  const given = readTillOptions(process.argv.slice(2), process.env);
  const till = await openTill({ ...given, port: given.port ?? 0 });
  const end = () => {
    void till.close().then(() => process.exit(0));
  };
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  await till.sellable;
  const { register, backOffice } = till;
  console.log(JSON.stringify({ ready: true, register, backOffice }));
} catch (error) {
  const { exitCode, message } = explainStart(error);
  console.error(message);
  process.exitCode = exitCode;
}
