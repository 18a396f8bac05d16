import { snapshotOf } from "./snapshot";

snapshotOf("local-platform");
