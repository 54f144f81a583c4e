import { RightPane } from "./right-pane.tsx";

export function RegisterScreen() {
  return <RightPane />;
}
