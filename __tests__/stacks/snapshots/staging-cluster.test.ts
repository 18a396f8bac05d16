import { snapshotOf } from "./snapshot";

snapshotOf("staging-cluster");
