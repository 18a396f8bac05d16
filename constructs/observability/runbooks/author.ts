import type { Alert } from "../alerts/alert";
import type { Operated } from "./operated";
import type { Playbook } from "./page";

/** Writes what people do about the alerts of one name. */
export type Author = (operated: Operated, alerts: readonly Alert[]) => Playbook;
