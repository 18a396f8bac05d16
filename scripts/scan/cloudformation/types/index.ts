import type { Translations } from "../translation";
import { account } from "./account";
import { alarms } from "./alarms";
import { cluster } from "./cluster";
import { data } from "./data";
import { measures } from "./measures";
import { network } from "./network";

/** Every type of AWS that a stack may have. */
export const TRANSLATIONS: Translations = { ...account, ...alarms, ...cluster, ...data, ...measures, ...network };
