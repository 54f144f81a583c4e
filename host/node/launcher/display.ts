/** True where a window can be seen. */
export function hasDisplay(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): boolean {
  if (platform === "win32" || platform === "darwin") return env["SSH_CONNECTION"] === undefined;
  return isSet(env["DISPLAY"]) || isSet(env["WAYLAND_DISPLAY"]);
}

/** Browsers do not run their sandbox for the superuser, and a till does not run without one. */
export function isSuperuser(): boolean {
  return process.getuid?.() === 0;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
