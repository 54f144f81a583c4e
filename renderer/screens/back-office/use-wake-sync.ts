import { useEffect } from "react";
import { useChannel } from "../../channel/channel-context.tsx";

const everyMs = 4_000;

/**
 * While a page is looked at whose answers come from the cloud, the till looks there every few seconds
 * instead of at its own pace: what its own facts caused nobody pokes it about.
 */
export function useWakeSync(): void {
  const channel = useChannel();
  useEffect(() => {
    const wake = () => void channel.call("sync.wake", {});
    wake();
    const timer = setInterval(wake, everyMs);
    return () => clearInterval(timer);
  }, [channel]);
}
