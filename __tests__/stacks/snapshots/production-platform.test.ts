import { snapshotOf } from "./snapshot";

snapshotOf("production-platform");
