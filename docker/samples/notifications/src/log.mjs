// JSON lines with `time`, `level`, `message` and `context`.

const write = (level, message, context) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, context })}\n`);
};

export const log = {
  info: (message, context = {}) => write("info", message, context),
  warning: (message, context = {}) => write("warning", message, context),
  error: (message, error, context = {}) => {
    // `fetch` says why it failed in the cause alone.
    const cause = error.cause?.message ?? error.cause?.code;
    write("error", message, { ...context, error: cause === undefined ? error.message : `${error.message}: ${cause}` });
  },
};
