import { aksStaging } from "./aks-staging";
import { gkeStaging } from "./gke-staging";
import { local } from "./local";
import { production } from "./production";
import { staging } from "./staging";

/** Every environment of this program. A new one is a file beside this one and a line here. */
export const environments = [local, staging, gkeStaging, aksStaging, production];
