import type { Translations } from "../translation";
import { alarms } from "./alarms";
import { account } from "./account";
import { cluster } from "./cluster";
import { data } from "./data";
import { network } from "./network";

/** Every type of AWS that a stack may have. */
export const TRANSLATIONS: Translations = { ...account, ...alarms, ...cluster, ...data, ...network };
