import type { Command } from "./command";
import { capacity } from "./commands/capacity";
import { compare } from "./commands/compare";
import { firstPlan } from "./commands/first-plan";
import { images } from "./commands/images";
import { init } from "./commands/init";
import { ledger } from "./commands/ledger";
import { page } from "./commands/page";
import { parity } from "./commands/parity";
import { portability } from "./commands/portability";
import { preflight } from "./commands/preflight";
import { radar } from "./commands/radar";
import { rehearse } from "./commands/rehearse";
import { render } from "./commands/render";
import { report } from "./commands/report";
import { reviewed } from "./commands/reviewed";
import { rights } from "./commands/rights";
import { rollback } from "./commands/rollback";
import { synth } from "./commands/synth";

/** Every command, in the order of the list that `goldenpath --help` prints. */
export const COMMANDS: readonly Command[] = [
  init,
  synth,
  render,
  parity,
  portability,
  capacity,
  radar,
  page,
  ledger,
  rights,
  preflight,
  rehearse,
  report,
  compare,
  reviewed,
  firstPlan,
  rollback,
  images,
];
