import { snapshotOf } from "./snapshot";

snapshotOf("gke-staging-cluster");
