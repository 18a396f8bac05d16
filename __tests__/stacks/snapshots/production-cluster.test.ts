import { snapshotOf } from "./snapshot";

snapshotOf("production-cluster");
