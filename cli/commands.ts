import type { Command } from "./command";
import { add } from "./commands/add";
import { capacity } from "./commands/capacity";
import { compare } from "./commands/compare";
import { connect } from "./commands/connect";
import { eject } from "./commands/eject";
import { exportTerraform } from "./commands/export";
import { firstPlan } from "./commands/first-plan";
import { fix } from "./commands/fix";
import { images } from "./commands/images";
import { init } from "./commands/init";
import { ledger } from "./commands/ledger";
import { newThing } from "./commands/new";
import { parity } from "./commands/parity";
import { portability } from "./commands/portability";
import { portal } from "./commands/portal";
import { preflight } from "./commands/preflight";
import { preview } from "./commands/preview";
import { radar } from "./commands/radar";
import { rehearse } from "./commands/rehearse";
import { render } from "./commands/render";
import { report } from "./commands/report";
import { requests } from "./commands/requests";
import { reviewed } from "./commands/reviewed";
import { rights } from "./commands/rights";
import { rollback } from "./commands/rollback";
import { run } from "./commands/run";
import { scorecard } from "./commands/scorecard";
import { sweep } from "./commands/sweep";
import { synth } from "./commands/synth";
import { update } from "./commands/update";

/** Every command, in the order of the list that `goldenpath --help` prints. */
export const COMMANDS: readonly Command[] = [
  init,
  newThing,
  update,
  eject,
  synth,
  fix,
  render,
  parity,
  portability,
  capacity,
  radar,
  portal,
  scorecard,
  ledger,
  rights,
  preflight,
  rehearse,
  report,
  compare,
  reviewed,
  firstPlan,
  exportTerraform,
  rollback,
  connect,
  run,
  images,
  preview,
  sweep,
  requests,
  add,
];
