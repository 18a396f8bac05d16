// JSON lines with `time`, `level`, `message` and `context`; with `trace_id` and `span_id` where a request is traced.
import { isSpanContextValid, trace } from "@opentelemetry/api";

/** Of the request that is answered. Without an SDK there is none. */
function traced() {
  const span = trace.getActiveSpan()?.spanContext();
  return span !== undefined && isSpanContextValid(span) ? { trace_id: span.traceId, span_id: span.spanId } : {};
}

const write = (level, message, context) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, context, ...traced() })}\n`);
};

export const log = {
  info: (message, context = {}) => write("info", message, context),
  warning: (message, context = {}) => write("warning", message, context),
  error: (message, error, context = {}) => {
    // What is thrown need not be an Error, and `fetch` says why it failed in the cause alone.
    const said = error?.message ?? String(error);
    const cause = error?.cause?.message ?? error?.cause?.code;
    write("error", message, { ...context, error: cause === undefined ? said : `${said}: ${cause}` });
  },
};
