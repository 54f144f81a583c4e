import type {
  BusinessDayView,
  DayProofView,
  EvidencePageView,
  RestoredView,
  LeaveView,
  TillsView,
} from "./office-views.ts";

/** Output and expected failures of the back office's questions. */
export interface OfficeOutcomes {
  /** Also offline: this till as it stands, the others as the cloud last told of them. */
  "tills.list": { output: TillsView; failure: never };
  "restored.view": { output: RestoredView; failure: never };
  /** The newest first. */
  "proof.days": { output: BusinessDayView[]; failure: never };
  /** [P1] Also offline: then without the cloud's side. */
  "proof.day": { output: DayProofView; failure: never };
  /** [P1] Needs the cloud: evidence of one side is none. Other tills are a manager's to compare. */
  "evidence.page": {
    output: EvidencePageView;
    failure: { type: "CloudUnreachable" } | { type: "NotSignedIn" } | { type: "ManagerNeeded" };
  };
  /** [P2] */
  "leave.check": { output: LeaveView; failure: never };
}
