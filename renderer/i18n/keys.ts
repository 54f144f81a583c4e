import "i18next";
import type failures from "./en/failures.json";
import type register from "./en/register.json";
import type shell from "./en/shell.json";
import type signIn from "./en/sign-in.json";
import type status from "./en/status.json";

/** Makes a key that no language file has a compile error. A new namespace is one import and one line here. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "shell";
    resources: {
      failures: typeof failures;
      register: typeof register;
      shell: typeof shell;
      "sign-in": typeof signIn;
      status: typeof status;
    };
  }
}
