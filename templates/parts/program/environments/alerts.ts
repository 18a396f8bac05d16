/** Where measured environments tell their alerts, where the runbooks are, and that they keep logs and traces. Replace the address and the channel. */
export const ALERTS = {
  runbooks: "https://git.example.com/my-team/my-app/blob/main/docs/runbooks",
  slack: { channel: "#my-app-alerts" },
  logs: {},
  traces: {},
} as const;
