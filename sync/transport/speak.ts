import { TransportError } from "../engine/ports.ts";
import { oldestProtocolVersion, protocolVersion } from "../protocol/versions.ts";

/**
 * [V1] Which version is spoken with this cloud: our newest, or the one before it when the cloud
 * refuses that.
 */
export interface Speaker {
  /**
   * Asks in the version that the cloud is known to understand; one that refuses it is asked again in
   * the older one.
   */
  ask<T>(inVersion: (version: number) => Promise<T>): Promise<T>;
  /** The cloud may have been updated: begin with the newest again. */
  reset(): void;
}

export function createSpeaker(): Speaker {
  let spoken = protocolVersion;

  return {
    async ask(inVersion) {
      const version = spoken;
      try {
        return await inVersion(version);
      } catch (error) {
        if (!mayBeOlder(error) || version === oldestProtocolVersion) throw error;
        const answer = await inOlder(inVersion, version - 1, error);
        spoken = version - 1;
        return answer;
      }
    },
    reset() {
      spoken = protocolVersion;
    },
  };
}

/**
 * A cloud that finds fault with what was said understands the version: it is not asked in an older one, in
 * which it leaves out what such tills do not know.
 */
function mayBeOlder(error: unknown): error is TransportError {
  if (!(error instanceof TransportError) || error.kind !== "refused") return false;
  return !error.message.startsWith("BadRequest: ");
}

/** What is refused in both versions is refused for its own reason: that of the newer one. */
async function inOlder<T>(
  inVersion: (version: number) => Promise<T>,
  version: number,
  error: TransportError,
): Promise<T> {
  try {
    return await inVersion(version);
  } catch (again) {
    throw again instanceof TransportError && again.kind === "refused" ? error : again;
  }
}
