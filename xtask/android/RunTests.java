import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Result;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/**
 * Runs JUnit test classes and says what failed in few lines: the message, and of the stack only what is ours.
 *
 * <p>Usage: RunTests TIMES CLASS…. TIMES is a folder that gets how long each class took, in milliseconds.
 */
public final class RunTests extends RunListener {
  private static final PrintStream OUT = System.out;
  private long started;

  public static void main(String[] args) throws Exception {
    Path times = Path.of(args[0]);
    boolean good = true;
    for (int at = 1; at < args.length; at++) {
      long started = System.nanoTime();
      RunTests listener = new RunTests();
      JUnitCore core = new JUnitCore();
      core.addListener(listener);
      Result result = core.run(Class.forName(args[at]));
      long took = (System.nanoTime() - started) / 1_000_000;
      good &= result.wasSuccessful();
      OUT.printf(
          "%s %s: %d tests, %d failed, %d ignored, %.1f s%n",
          result.wasSuccessful() ? "ok    " : "FAILED",
          args[at].replaceAll("^.*\\.", ""),
          result.getRunCount(),
          result.getFailureCount(),
          result.getIgnoreCount(),
          took / 1000.0);
      Files.writeString(times.resolve(args[at]), Long.toString(took));
    }
    // Threads of the app's own pools must not keep the run alive.
    System.exit(good ? 0 : 1);
  }

  @Override
  public void testStarted(Description description) {
    started = System.nanoTime();
  }

  @Override
  public void testFinished(Description description) {
    double took = (System.nanoTime() - started) / 1e9;
    if (took > 10) OUT.printf("       %s took %.1f s%n", description.getMethodName(), took);
  }

  @Override
  public void testFailure(Failure failure) {
    StringBuilder text = new StringBuilder("\n--- " + failure.getTestHeader() + "\n");
    String lead = "";
    for (Throwable cause = failure.getException(); cause != null; cause = cause.getCause()) {
      text.append(lead).append(cause).append('\n');
      int shown = 0;
      for (StackTraceElement frame : cause.getStackTrace()) {
        boolean ours = frame.getClassName().startsWith("org.countersign.");
        if (ours || shown < 3) text.append("    at ").append(frame).append('\n');
        shown++;
      }
      lead = "caused by ";
    }
    OUT.println(text);
  }
}
