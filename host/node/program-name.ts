import packageJson from "../../package.json" with { type: "json" };

/** Name and version, as the journal's first fact keeps them. */
export function programName(): string {
  return `${packageJson.name} ${packageJson.version}`;
}
