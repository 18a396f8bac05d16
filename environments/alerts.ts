/** Where every measured environment tells its alerts, and where their runbooks are: `npm run render` writes them. */
export const ALERTS = {
  runbooks: "https://git.example.com/platform/goldenpath/blob/main/docs/runbooks",
  slack: { channel: "#my-app-alerts" },
} as const;
