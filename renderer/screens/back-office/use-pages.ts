import { useCallback, useEffect, useState } from "react";
import { useChannel } from "../../channel/channel-context.tsx";
import type { AnyFailure } from "../../command/failure-text.ts";
import type { Input, Output, Topics } from "../../../host/contract/operations.ts";

/** Lists that the host answers page by page. */
export type ListName = "receipt.list" | "stock.list" | "stock.movements" | "shifts.list";
type Row<N extends ListName> = Output<N>[number];

export interface Pages<N extends ListName> {
  readonly rows: readonly Row<N>[];
  readonly state: "loading" | "ready" | "failed";
  readonly failure: AnyFailure | null;
  /** False while the host has more rows than were read. */
  readonly complete: boolean;
  readonly readMore: () => void;
}

const pageSize = 200;
const nothing = { rows: [], state: "loading", failure: null, complete: false } as const;

/**
 * A list of the host, read a page at a time and read again when the host says that something of `refreshOn`
 * changed; what was shown stays until then. `inOnePage`: the host answers this question at once or not at all.
 */
export function usePages<N extends ListName>(
  name: N,
  input: Omit<Input<N>, "limit" | "offset">,
  options: {
    readonly refreshOn: readonly Topics["changed"]["what"][];
    readonly inOnePage?: boolean;
  },
): Pages<N> {
  const channel = useChannel();
  const inputKey = JSON.stringify(input);
  const topicsKey = options.refreshOn.join(" ");
  const inOnePage = options.inOnePage === true;
  const [answer, setAnswer] = useState<Omit<Pages<N>, "readMore">>(nothing);
  const [pageCount, setPageCount] = useState(1);
  const [turn, setTurn] = useState(0);
  const [shownKey, setShownKey] = useState(inputKey);

  // Another question begins with its first page.
  if (shownKey !== inputKey) {
    setShownKey(inputKey);
    setPageCount(1);
  }

  useEffect(() => {
    let current = true;
    async function read(): Promise<void> {
      const rows: Row<N>[] = [];
      for (let page = 0; page < pageCount; page++) {
        const limit = inOnePage ? 500 : pageSize;
        const question = { ...JSON.parse(inputKey), limit, offset: page * pageSize } as Input<N>;
        const result = await channel.call(name, question);
        if (!current) return;
        if (!result.ok) {
          setAnswer((last) => ({ ...last, state: "failed", failure: result.failure }));
          return;
        }
        rows.push(...result.value);
        if (inOnePage || result.value.length < pageSize) {
          setAnswer({ rows, state: "ready", failure: null, complete: true });
          return;
        }
      }
      setAnswer({ rows, state: "ready", failure: null, complete: false });
    }
    void read();
    return () => {
      current = false;
    };
  }, [channel, name, inputKey, inOnePage, pageCount, turn]);

  useEffect(() => {
    const wanted = topicsKey.split(" ");
    return channel.subscribe("changed", ({ what }) => {
      if (wanted.includes(what)) setTurn((last) => last + 1);
    });
  }, [channel, topicsKey]);

  const { complete } = answer;
  const readMore = useCallback(() => {
    if (!complete) setPageCount((last) => last + 1);
  }, [complete]);
  return { ...answer, readMore };
}
