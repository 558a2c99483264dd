<?php
// A batch in PHP: judges, then sends, or says why not. php gate.php COMMAND ARGUMENTS...

/** Runs a command without a shell. Returns its exit code; 127 if it is not found, 128 and more if a signal ended it. */
function run(array $command, array $streams, ?string &$output = null): int
{
    $process = @proc_open($command, $streams, $pipes);
    if ($process === false) {
        return 127;
    }
    if (isset($pipes[1])) {
        $output = stream_get_contents($pipes[1]);
    }
    while (($status = proc_get_status($process))['running']) {
        usleep(10_000);
    }
    proc_close($process);
    return $status['signaled'] ? 128 + $status['termsig'] : $status['exitcode'];
}

function main(array $command): int
{
    if ($command === []) {
        fwrite(STDERR, "usage: gate.php COMMAND ARGUMENTS...\n");
        return 64;
    }
    // The code porteur stands in a file that the batch's user alone may read (chmod 600): there is nobody to type it.
    $check = ['cps-preflight', 'check', '--for', 'teletransmission', '--wait', '30s',
        '--pin-file', getenv('PIN_FILE') ?: 'code', '--format', 'json'];
    for ($tries = (int) (getenv('TRIES') ?: 5); ; $tries--) {
        $code = run($check, [['file', '/dev/null', 'r'], ['pipe', 'w'], STDERR], $written);
        // The exit code counts, not what is written: it never depends on the format.
        $verdict = json_decode($written ?? '', true);
        if ($code === 0) {
            return run($command, [STDIN, STDOUT, STDERR]);
        }
        if ($code === 1 || ($code >= 10 && $code <= 59)) {
            if ($verdict === null) {
                fwrite(STDERR, "HELD: the lots are not sent (code $code)\n");
            }
            foreach ($verdict['stages'] ?? [] as $stage) {
                foreach ($stage['rules'] as $rule) {
                    if ($rule['outcome'] === 'fail') {
                        fwrite(STDERR, "HELD: {$rule['title']}: {$rule['message']} " . ($rule['remedy'] ?? '') . "\n");
                    }
                }
            }
            return $code;
        }
        if ($code !== 69 && $code !== 75) {
            // 64 and above: never a reason to send.
            fwrite(STDERR, "TO BE CORRECTED: call the integrator (code $code)\n");
            return $code;
        }
        if ($tries <= 1) {
            fwrite(STDERR, "POSTPONED: still undecided (code $code)\n");
            return $code;
        }
        $pause = getenv('PAUSE');
        usleep((int) (1_000_000 * (float) ($pause === false ? 60 : $pause)));
    }
}

exit(main(array_slice($argv, 1)));
