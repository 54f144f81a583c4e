import { RegisterScreen } from "./register/register-screen.tsx";

/** The cashier's screen: sign-in until somebody is, then the register. */
export function TillScreen() {
  return <RegisterScreen />;
}
