/** Labels on top of the provider's default ones: what the bill and the alarms are split by. A label's key has no colon. */
export function serviceLabels(application: string, service: string): Record<string, string> {
  return { ...applicationLabels(application), "goldenpath-service": service };
}

export function applicationLabels(application: string): Record<string, string> {
  return { "goldenpath-application": application };
}
