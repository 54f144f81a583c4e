/** `text` with a writing direction of its own: a name or a time in a sentence of another direction. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
