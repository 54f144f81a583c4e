/** Where everything is, once the till can sell. The keys and their order are what scripts rely on. */
export interface Whereabouts {
  readonly register: string;
  readonly backOffice: string;
  /** The virtual printer's paper. */
  readonly paper: string;
  readonly store: string;
  readonly data: string;
  readonly people: readonly DemoPerson[];
}

export interface DemoPerson {
  readonly name: string;
  readonly role: string;
  readonly pin: string;
}

/** The one line of `--json`. */
export function readyLine(where: Whereabouts): string {
  const { register, backOffice, paper, store, data, people } = where;
  const known = people.map(({ name, role, pin }) => ({ name, role, pin }));
  return JSON.stringify({ ready: true, register, backOffice, paper, store, data, people: known });
}

/** The same for a person. */
export function readyText(where: Whereabouts): string {
  const people = where.people.map(({ name, role, pin }) => `${name} (${role}) PIN ${pin}`);
  const rows = [
    ["Register", where.register],
    ["Back office", where.backOffice],
    ["Printer's paper", where.paper],
    ["Store server", where.store],
    ["Data", where.data],
    ["People", people.join(", ")],
  ];
  const lines = rows.map(([name = "", value = ""]) => `  ${name.padEnd(16)} ${value}`);
  return [
    "",
    "Evertill is ready to sell.",
    "",
    ...lines,
    "",
    "The first two addresses open once, in one browser each. Ctrl+C ends everything; the data stays.",
    "",
  ].join("\n");
}
