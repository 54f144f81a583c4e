import "i18next";
import type backOffice from "./en/back-office.json";
import type controlCard from "./en/control-card.json";
import type counts from "./en/counts.json";
import type documents from "./en/documents.json";
import type failures from "./en/failures.json";
import type goods from "./en/goods.json";
import type inbox from "./en/inbox.json";
import type leave from "./en/leave.json";
import type printJobs from "./en/print-jobs.json";
import type receipts from "./en/receipts.json";
import type register from "./en/register.json";
import type returns from "./en/returns.json";
import type shell from "./en/shell.json";
import type shift from "./en/shift.json";
import type signIn from "./en/sign-in.json";
import type syncCentre from "./en/sync-centre.json";
import type status from "./en/status.json";
import type suspended from "./en/suspended.json";

/**
 * Makes a key that no language file has a compile error. A new namespace is one import and one line
 * here.
 */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    resources: {
      "back-office": typeof backOffice;
      "control-card": typeof controlCard;
      counts: typeof counts;
      documents: typeof documents;
      failures: typeof failures;
      goods: typeof goods;
      inbox: typeof inbox;
      leave: typeof leave;
      "print-jobs": typeof printJobs;
      receipts: typeof receipts;
      register: typeof register;
      returns: typeof returns;
      shell: typeof shell;
      shift: typeof shift;
      "sign-in": typeof signIn;
      status: typeof status;
      suspended: typeof suspended;
      "sync-centre": typeof syncCentre;
    };
  }
}
