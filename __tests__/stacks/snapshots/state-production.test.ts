import { snapshotOf } from "./snapshot";

snapshotOf("state-production");
