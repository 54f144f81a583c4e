/** How long a driver waits for its printer, in milliseconds. */
export interface Patience {
  readonly connectMs: number;
  readonly statusMs: number;
  /** For any job, before its length counts. */
  readonly jobMs: number;
  /** And for each kilobyte of it: slow printers take 50 mm of paper a second. */
  readonly perKilobyteMs: number;
  /** How long a job may stand still because paper or cover wait for a person. */
  readonly personMs: number;
  readonly reconnectMs: readonly number[];
  readonly heartbeatMs: number;
  readonly restMs: number;
}

export const usualPatience: Patience = {
  connectMs: 3_000,
  statusMs: 2_000,
  jobMs: 15_000,
  perKilobyteMs: 2_000,
  personMs: 600_000,
  reconnectMs: [500, 1_000, 2_000, 5_000, 10_000],
  heartbeatMs: 15_000,
  restMs: 2_000,
};
