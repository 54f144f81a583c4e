import { useMemo } from "react";
import { code128Bars } from "./code128-bars.ts";

/** [GS1 General Specifications 5.12] Wide enough for any scanner on a laminated card. */
const moduleMm = 0.33;
const heightMm = 12;

/** A Code 128 barcode at its true size on paper; black on white in every theme, or it does not scan. */
export function Barcode(props: { readonly text: string; readonly label: string }) {
  const { modules, bars } = useMemo(() => code128Bars(props.text), [props.text]);
  return (
    <svg
      role="img"
      aria-label={props.label}
      data-barcode={props.text}
      width={`${modules * moduleMm}mm`}
      height={`${heightMm}mm`}
      viewBox={`0 0 ${modules} 30`}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
    >
      <rect width={modules} height={30} fill="#fff" />
      {bars.map(({ x, width }) => (
        <rect key={x} x={x} width={width} height={30} fill="#000" />
      ))}
    </svg>
  );
}
