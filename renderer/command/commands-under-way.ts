const underWay = new Set<Promise<unknown>>();

/** Remembers a command until it is answered. */
export function trackCommand<T>(command: Promise<T>): Promise<T> {
  underWay.add(command);
  void command.finally(() => underWay.delete(command));
  return command;
}

/** Resolves when every command sent so far is answered and the screen shows it. */
export async function commandsSettled(): Promise<void> {
  do {
    await Promise.allSettled([...underWay]);
    // A pane that this opened may begin with a question of its own.
    await new Promise((resolve) => setTimeout(resolve, 0));
  } while (underWay.size > 0);
}
