/** The list of a sale's lines: their heights are known, so that nothing need be measured. */
export interface LineList {
  readonly count: number;
  /** Index of the line that shows what can be done with it; -1: none. */
  readonly selected: number;
}

const rowHeight = 56;
const lastRowHeight = 68;
const actionsHeight = 60;
/** Rows above and below what is in sight, for a finger that flings. */
const spareRows = 6;
/** The window moves by so many rows at a time: a scroll draws nothing anew until then. */
const stepRows = 4;

/** Pixels from the top of the list to the top of line `index`; of `count`, to its end. */
export function topOf(index: number, { count, selected }: LineList): number {
  const actions = selected >= 0 && index > selected ? actionsHeight : 0;
  const last = index >= count && count > 0 ? lastRowHeight - rowHeight : 0;
  return index * rowHeight + actions + last;
}

/** The rows that are drawn, `from` up to but not including `to`. */
export interface LineWindow {
  readonly from: number;
  readonly to: number;
}

/** With the newest line at the foot of a view of `height` pixels. */
export function windowAtEnd({ count }: LineList, height: number): LineWindow {
  return { from: Math.max(0, count - rowsIn(height) - spareRows), to: count };
}

/** At `scrollTop` pixels. The same window for a few rows of scrolling. */
export function windowAt(scrollTop: number, { count }: LineList, height: number): LineWindow {
  const first = Math.floor(scrollTop / rowHeight / stepRows) * stepRows;
  return {
    from: Math.max(0, first - spareRows),
    to: Math.min(count, first + stepRows + rowsIn(height) + spareRows),
  };
}

function rowsIn(height: number): number {
  return Math.ceil(height / rowHeight) + 1;
}

/** Where to scroll to so that line `index` is in sight; as it stands where it is already. */
export function scrollTopFor(
  index: number,
  list: LineList,
  { scrollTop, height }: { readonly scrollTop: number; readonly height: number },
): number {
  const top = topOf(index, list);
  const end = topOf(index + 1, list);
  if (top < scrollTop) return top;
  return end > scrollTop + height ? end - height : scrollTop;
}
