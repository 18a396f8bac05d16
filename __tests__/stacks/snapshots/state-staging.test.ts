import { snapshotOf } from "./snapshot";

snapshotOf("state-staging");
