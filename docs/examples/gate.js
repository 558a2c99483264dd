#!/usr/bin/env node
// A batch in Node: judges, then sends, or says why not. node gate.js COMMAND ARGUMENTS...
"use strict";
const { spawnSync } = require("node:child_process");

// The code porteur stands in a file that the batch's user alone may read (chmod 600): there is nobody to type it.
const check = ["check", "--for", "teletransmission", "--wait", "30s", "--pin-file", process.env.PIN_FILE || "code",
  "--format", "json"];

function judge() {
  const run = spawnSync("cps-preflight", check,
    { stdio: ["ignore", "pipe", "inherit"], encoding: "utf8", timeout: 300_000, maxBuffer: 16 << 20 });
  if (run.error) {
    console.error(`cps-preflight: ${run.error.message}`);
    return { code: run.error.code === "ETIMEDOUT" ? 75 : 127 };
  }
  // The exit code counts, not what is written: it never depends on the format.
  const code = run.status ?? 70;
  try {
    return { code, verdict: JSON.parse(run.stdout) };
  } catch {
    return { code };
  }
}

function send([command, ...rest]) {
  const run = spawnSync(command, rest, { stdio: "inherit" });
  if (run.error) {
    console.error(`${command}: ${run.error.message}`);
    return 127;
  }
  return run.status ?? 70;
}

function hold(code, verdict) {
  if (!verdict) console.error(`HELD: the lots are not sent (code ${code})`);
  for (const rule of verdict?.stages.flatMap((stage) => stage.rules) ?? []) {
    if (rule.outcome === "fail") console.error(`HELD: ${rule.title}: ${rule.message} ${rule.remedy ?? ""}`);
  }
  return code;
}

function main(command) {
  if (command.length === 0) {
    console.error("usage: gate.js COMMAND ARGUMENTS...");
    return 64;
  }
  for (let tries = Number(process.env.TRIES || 5); ; tries--) {
    const { code, verdict } = judge();
    if (code === 0) return send(command);
    if (code === 1 || (code >= 10 && code <= 59)) return hold(code, verdict);
    if (code !== 69 && code !== 75) {
      // 64 and above: never a reason to send.
      console.error(`TO BE CORRECTED: call the integrator (code ${code})`);
      return code;
    }
    if (tries <= 1) {
      console.error(`POSTPONED: still undecided (code ${code})`);
      return code;
    }
    const pause = 1000 * Number(process.env.PAUSE ?? 60);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
  }
}

process.exitCode = main(process.argv.slice(2));
