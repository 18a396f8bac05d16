import { production } from "./production";
import { staging } from "./staging";

/** Every environment of this program. A new one is a file beside this one and a line here. */
export const environments = [staging, production];
