import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.codehaus.mojo.animal_sniffer.ClassListBuilder;
import org.codehaus.mojo.animal_sniffer.SignatureChecker;
import org.codehaus.mojo.animal_sniffer.logging.Logger;

/**
 * Says what compiled classes use that the oldest Android does not have: OldestAndroid SIGNATURES SOURCES CLASSES
 * LIBRARY…. What the libraries define is theirs and not looked up. Writes one line for each use.
 */
public final class OldestAndroid {
  public static void main(String[] args) throws Exception {
    Set<String> known = new HashSet<>();
    for (String path : List.of(args).subList(2, args.length)) {
      ClassListBuilder list = new ClassListBuilder(new Lines(false));
      list.process(new File(path));
      known.addAll(list.getPackages());
    }
    try (InputStream signatures = Files.newInputStream(Path.of(args[0]))) {
      SignatureChecker checker = new SignatureChecker(signatures, known, new Lines(true));
      checker.setSourcePath(List.of(new File(args[1])));
      checker.process(new File(args[2]));
    }
  }

  /** Writes what is missing (its errors) to the standard output; all else that it is told is of no use here. */
  private record Lines(boolean shown) implements Logger {
    @Override
    public void info(String message) {}

    @Override
    public void info(String message, Throwable reason) {}

    @Override
    public void debug(String message) {}

    @Override
    public void debug(String message, Throwable reason) {}

    @Override
    public void warn(String message) {}

    @Override
    public void warn(String message, Throwable reason) {}

    @Override
    public void error(String message) {
      if (shown) System.out.println(message);
    }

    @Override
    public void error(String message, Throwable reason) {
      error(message + ": " + reason);
    }
  }
}
