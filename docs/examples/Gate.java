import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A batch in Java: judges, then sends, or says why not. java Gate.java COMMAND ARGUMENTS... */
public class Gate {
  /** Runs a command. Returns its exit code; 127 if it is not found, 75 if it takes longer than five minutes. */
  static int run(List<String> command, boolean isOurs) throws InterruptedException {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
      if (isOurs) builder.redirectInput(new java.io.File("/dev/null"));
      Process process = builder.start();
      if (isOurs && !process.waitFor(5, TimeUnit.MINUTES)) {
        process.destroy();
        return 75;
      }
      return process.waitFor();
    } catch (IOException error) {
      System.err.println(command.get(0) + ": " + error.getMessage());
      return 127;
    }
  }

  static String setting(String name, String usual) {
    String value = System.getenv(name);
    return value == null || value.isEmpty() ? usual : value;
  }

  public static void main(String[] command) throws InterruptedException {
    if (command.length == 0) {
      System.err.println("usage: java Gate.java COMMAND ARGUMENTS...");
      System.exit(64);
    }
    // The code porteur stands in a file that the batch's user alone may read (chmod 600): there is nobody to type it.
    List<String> check = List.of("cps-preflight", "check", "--for", "teletransmission", "--wait", "30s",
        "--pin-file", setting("PIN_FILE", "code"));
    for (int tries = Integer.parseInt(setting("TRIES", "5"));; tries--) {
      // The report, which says what to do, is shown as it is; the exit code alone decides.
      int code = run(check, true);
      if (code == 0) {
        System.exit(run(List.of(command), false));
      } else if (code == 1 || (code >= 10 && code <= 59)) {
        System.err.println("HELD: the lots are not sent (code " + code + ")");
        System.exit(code);
      } else if (code != 69 && code != 75) {
        // 64 and above: never a reason to send.
        System.err.println("TO BE CORRECTED: call the integrator (code " + code + ")");
        System.exit(code);
      } else if (tries <= 1) {
        System.err.println("POSTPONED: still undecided (code " + code + ")");
        System.exit(code);
      }
      Thread.sleep((long) (1000 * Double.parseDouble(setting("PAUSE", "60"))));
    }
  }
}
