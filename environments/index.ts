import { aksStaging } from "./aks-staging";
import { gkeStaging } from "./gke-staging";
import { production } from "./production";
import { staging } from "./staging";

/** Every environment of this program. A new one is a file beside this one and a line here. */
export const environments = [staging, gkeStaging, aksStaging, production];
