import { TimeProvider } from "@cdktf/provider-time/lib/provider";
import type { Construct } from "constructs";
import { ensure } from "./providers";

/*
 * In a file of its own: a cloud that never waits need not have the bindings installed.
 */

/** Provider for what AWS has accepted but not yet carried out. */
export function ensureTimeProvider(scope: Construct): void {
  ensure(scope, "time", (stack, id) => new TimeProvider(stack, id));
}
