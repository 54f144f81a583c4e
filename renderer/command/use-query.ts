import { useCallback, useEffect, useState } from "react";
import type {
  Failure,
  Input,
  OperationName,
  Output,
  Topics,
} from "../../host/contract/operations.ts";
import { useChannel } from "../channel/channel-context.tsx";

type QueryState<N extends OperationName> =
  | { readonly state: "loading"; readonly value: Output<N> | null }
  | { readonly state: "ready"; readonly value: Output<N> }
  | { readonly state: "failed"; readonly value: Output<N> | null; readonly failure: Failure<N> };

/**
 * Asks the host and asks again when the input changes, when the connection comes back, and when the
 * host says that something of `refreshOn` has changed. The last answer stays while a new one is on
 * its way.
 */
export function useQuery<N extends OperationName>(
  name: N,
  input: Input<N>,
  refreshOn: readonly Topics["changed"]["what"][] = [],
): QueryState<N> & { readonly refresh: () => void } {
  const channel = useChannel();
  const [query, setQuery] = useState<QueryState<N>>({ state: "loading", value: null });
  const [turn, setTurn] = useState(0);
  const refresh = useCallback(() => setTurn((last) => last + 1), []);
  const inputKey = JSON.stringify(input);
  const topicsKey = refreshOn.join(" ");

  useEffect(() => {
    let current = true;
    void channel.call(name, JSON.parse(inputKey) as Input<N>).then((result) => {
      if (!current) return;
      setQuery((last) =>
        result.ok
          ? { state: "ready", value: result.value }
          : { state: "failed", value: last.value, failure: result.failure },
      );
    });
    return () => {
      current = false;
    };
  }, [channel, name, inputKey, turn]);

  useEffect(() => {
    const wanted = topicsKey.split(" ");
    let isFirstWord = true;
    const stops = [
      channel.subscribe("changed", ({ what }) => {
        if (wanted.includes(what)) refresh();
      }),
      channel.onConnection((connected) => {
        if (connected && !isFirstWord) refresh();
      }),
    ];
    isFirstWord = false;
    return () => {
      for (const stop of stops) stop();
    };
  }, [channel, topicsKey, refresh]);

  return { ...query, refresh };
}
