import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../formatting/use-formats.ts";
import { type AnyFailure, type FailureText, failureText } from "./failure-text.ts";

/** The words for a failure in the screen's language. */
export function useFailureText(): (failure: AnyFailure) => FailureText {
  const { t } = useTranslation();
  const formats = useFormats();
  return useCallback((failure) => failureText(failure, t, formats), [t, formats]);
}
