import { snapshotOf } from "./snapshot";

snapshotOf("state-aks-staging");
