/* eslint-disable @typescript-eslint/no-require-imports -- an import would load the file with this one */
import type { ProvisionersByPlace } from "../../services";
import type * as Aws from "./aws";
import type * as Azure from "./azure";
import { postgresqlInCompose } from "./compose";
import type * as Google from "./google";
import { postgresqlInCluster } from "./in-cluster";
import type { Postgresql } from "./spec";

/**
 * Who provides it where. A cloud's is loaded when that cloud asks for it and not before: a program on one cloud neither loads nor
 * installs the bindings of the others. So a cloud is a getter that requires its file.
 */
export const POSTGRESQL_PROVISIONERS: ProvisionersByPlace<Postgresql> = {
  get aws() {
    return (require("./aws") as typeof Aws).postgresqlOnAws;
  },
  get google() {
    return (require("./google") as typeof Google).postgresqlOnGoogle;
  },
  get azure() {
    return (require("./azure") as typeof Azure).postgresqlOnAzure;
  },
  "in-cluster": postgresqlInCluster,
  compose: postgresqlInCompose,
};
