import { useEffect } from "react";
import type { Input, OperationName } from "../../../host/contract/operations.ts";
import { useQuery } from "../../command/use-query.ts";

/** For what no topic tells of, because the cloud knows it: asked again every `everyMs` while it is looked at. */
export function usePolledQuery<N extends OperationName>(
  name: N,
  input: Input<N>,
  everyMs: number,
): ReturnType<typeof useQuery<N>> {
  const query = useQuery(name, input);
  const { refresh } = query;
  useEffect(() => {
    const timer = setInterval(refresh, everyMs);
    return () => clearInterval(timer);
  }, [refresh, everyMs]);
  return query;
}
