// Preloaded by every image of Node (`--import`): traces requests where the environment takes traces, and does nothing elsewhere.
// Nothing here ends a program: without the packages, which the build argument TRACING installs, it says so and goes on.
import { register } from "node:module";

const say = (level, message, context) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, context })}\n`);
};

// Sockets, names and files would be most spans of a trace.
process.env.OTEL_NODE_DISABLED_INSTRUMENTATIONS ??= "dns,fs,net";
// Clouds tell what they are at addresses that network policies close, and a command line may hold a secret.
process.env.OTEL_NODE_RESOURCE_DETECTORS ??= "env,host";

if (process.env.OTEL_EXPORTER_OTLP_ENDPOINT && process.env.OTEL_SDK_DISABLED !== "true") {
  try {
    const hook = import.meta.resolve("@opentelemetry/instrumentation/hook.mjs");
    const start = import.meta.resolve("@opentelemetry/auto-instrumentations-node/register");
    // For modules that are imported: what is required is found without it.
    register(hook);
    await import(start);
  } catch (error) {
    say("warning", "requests are not traced: build the image with --build-arg TRACING=1", { error: error.message });
  }
}
