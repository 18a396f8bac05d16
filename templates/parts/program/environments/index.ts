import { local } from "./local";
import { production } from "./production";
import { staging } from "./staging";

/** Every environment. A new one is a file beside this one and a word here. */
export const environments = [local, staging, production];
