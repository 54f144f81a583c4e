/** [R2] What is kept of a terminal's ledgers. Part of `StorePort`. */
export interface ClonePort {
  /** The ledger that wrote the terminal's newest epoch; null when none has said who it is. */
  newestLedger(terminalId: string): Promise<NewestLedger | null>;
  noteLedger(terminalId: string, ledger: NewestLedger): Promise<void>;
}

export interface NewestLedger {
  readonly epoch: number;
  /** Random; made with the ledger's file, and anew with each epoch. */
  readonly ledgerId: string;
}
