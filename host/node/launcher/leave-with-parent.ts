/**
 * Loaded into every program that the launcher starts (`node --import`). The launcher holds the
 * other end of stdin: when it closes, by intent or because the launcher died, the program is
 * asked to end as by SIGTERM, on every system. A line that comes through it asks whether the
 * program still turns: see heartbeat.ts.
 */
const longestGoodbyeMs = 5_000;

process.stdin.on("end", leave);
process.stdin.on("error", leave);
process.stdin.on("data", () => process.stdout.write('{"alive":true}\n'));
// The pipe alone keeps nobody alive; a file or a terminal has nothing to let go of.
if ("unref" in process.stdin) process.stdin.unref();

function leave(): void {
  setTimeout(() => process.exit(1), longestGoodbyeMs).unref();
  if (process.listenerCount("SIGTERM") === 0) process.exit(0);
  process.emit("SIGTERM");
}
