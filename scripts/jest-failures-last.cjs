/** Jest's default reporter says why a test failed where it happened, an hour of output above; this says it once more at the end. */
module.exports = class FailuresLast {
  onRunComplete(_contexts, { testResults }) {
    const failed = testResults.flatMap(({ testResults: tests, failureMessage, testFilePath }) => {
      const said = tests.filter(({ status }) => status === "failed");
      if (said.length > 0) return said.map(({ fullName, failureMessages }) => [fullName, failureMessages.join("\n")]);
      return failureMessage ? [[testFilePath, failureMessage]] : [];
    });
    for (const [name, why] of failed) process.stdout.write(`\nFAILED ${name}\n${plain(why).slice(0, LENGTH)}\n`);
  }
};

/** Enough for a message and its place; a whole state of a cluster is above. */
const LENGTH = 2000;

const plain = (text) => text.replace(/\u001b\[[0-9;]*m/g, "");
