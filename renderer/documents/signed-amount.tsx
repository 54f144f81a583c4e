import { Amount } from "../controls/amount.tsx";

/** A difference in money: plus and minus both stand there. */
export function SignedAmount({ minor }: { readonly minor: number }) {
  return (
    <bdi dir="ltr">
      {minor > 0 && "+"}
      <Amount minor={minor} />
    </bdi>
  );
}
