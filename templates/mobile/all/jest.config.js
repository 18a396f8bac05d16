// The first test of a file reads all of React Native.
module.exports = { preset: "@react-native/jest-preset", testTimeout: 60_000 };
