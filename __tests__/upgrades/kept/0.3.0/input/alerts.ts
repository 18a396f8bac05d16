/** Where every measured environment tells its alerts, where their runbooks are (`npm run render` writes them), and that it keeps logs and traces. */
export const ALERTS = {
  runbooks: "https://git.example.com/platform/goldenpath/blob/main/docs/runbooks",
  slack: { channel: "#my-app-alerts" },
  logs: {},
  traces: {},
} as const;
