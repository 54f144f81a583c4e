import { createContext, use, type ReactNode } from "react";
import { present } from "../../domain/values/assert.ts";
import type { TillChannel } from "./till-channel.ts";

const ChannelContext = createContext<TillChannel | null>(null);

export function ChannelProvider(props: { channel: TillChannel; children: ReactNode }) {
  return <ChannelContext value={props.channel}>{props.children}</ChannelContext>;
}

export function useChannel(): TillChannel {
  return present(use(ChannelContext), "ChannelProvider");
}
