/** What a status bar and a lane ask of a day's queue is answered by the index, without its papers. */
export const migration0015 = `
  DROP INDEX print_job_open;
  CREATE INDEX print_job_open ON print_job (ordinal, state, kind) WHERE state <> 'printed';
`;
