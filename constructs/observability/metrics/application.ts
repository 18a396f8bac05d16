import { POD_TARGET, type Source } from "./source";

/** What a program tells of its requests, by the names that client libraries document: the reference application's. */
export const APPLICATION: Source = {
  name: "the application",
  evidence: "scraped",
  targetLabels: POD_TARGET,
  families: {
    http_requests_total: { type: "counter", labels: ["status"] },
    http_request_duration_seconds: { type: "histogram", labels: [] },
  },
};
