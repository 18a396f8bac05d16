import { snapshotOf } from "./snapshot";

snapshotOf("aks-staging-cluster");
