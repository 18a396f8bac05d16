import { snapshotOf } from "./snapshot";

snapshotOf("state-gke-staging");
