import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.kotlin.buildtools.api.CompilationResult;
import org.jetbrains.kotlin.buildtools.api.CompilationService;
import org.jetbrains.kotlin.buildtools.api.CompilerExecutionStrategyConfiguration;
import org.jetbrains.kotlin.buildtools.api.KotlinLogger;
import org.jetbrains.kotlin.buildtools.api.ProjectId;
import org.jetbrains.kotlin.buildtools.api.SharedApiClassesClassLoader;
import org.jetbrains.kotlin.buildtools.api.SourcesChanges;
import org.jetbrains.kotlin.buildtools.api.jvm.ClassSnapshotGranularity;
import org.jetbrains.kotlin.buildtools.api.jvm.ClasspathSnapshotBasedIncrementalCompilationApproachParameters;
import org.jetbrains.kotlin.buildtools.api.jvm.ClasspathSnapshotBasedIncrementalJvmCompilationConfiguration;
import org.jetbrains.kotlin.buildtools.api.jvm.JvmCompilationConfiguration;

/**
 * Compiles Kotlin through the compiler's own interface for build tools, which compiles again only what a change reaches.
 *
 * <p>Usage: Compile STATE OUT SOURCES ARGUMENTS CHANGING DAEMON. STATE is a folder that remembers the last run; SOURCES
 * and ARGUMENTS are files with one a line; CHANGING are the entries of the class path that change between runs, joined
 * like a class path (the caller empties STATE when another entry changes); DAEMON is the minutes that a compiler waits
 * for more work after this run, or 0 to compile in this process.
 */
public final class Compile {
  public static void main(String[] args) throws Exception {
    Path state = Path.of(args[0]);
    File out = new File(args[1]);
    List<File> sources = Files.readAllLines(Path.of(args[2])).stream().map(File::new).toList();
    List<String> arguments = Files.readAllLines(Path.of(args[3]));
    long daemon = Long.parseLong(args[5]);

    CompilationService service = CompilationService.loadImplementation(implementation());
    List<File> snapshots = new ArrayList<>();
    Files.createDirectories(state.resolve("caches"));
    // The compiler finds the last snapshot by this very name.
    File shrunk = state.resolve("shrunk-classpath-snapshot.bin").toFile();
    for (String entry : args[4].split(File.pathSeparator)) {
      File snapshot = state.resolve("class-path-" + snapshots.size()).toFile();
      service
          .calculateClasspathSnapshot(new File(entry), ClassSnapshotGranularity.CLASS_MEMBER_LEVEL)
          .saveSnapshot(snapshot);
      snapshots.add(snapshot);
    }
    CompilerExecutionStrategyConfiguration strategy = service.makeCompilerExecutionStrategyConfiguration();
    if (daemon > 0) {
      strategy.useDaemonStrategy(List.of("Xmx3g", "XX:+UseSerialGC"), Duration.ofMinutes(daemon));
    } else {
      strategy.useInProcessStrategy();
    }
    JvmCompilationConfiguration configuration = service.makeJvmCompilationConfiguration();
    configuration.useLogger(new Spoken());
    ClasspathSnapshotBasedIncrementalJvmCompilationConfiguration incremental =
        configuration.makeClasspathSnapshotBasedIncrementalCompilationConfiguration();
    incremental.useOutputDirs(List.of(out, state.resolve("caches").toFile()));
    configuration.useIncrementalCompilation(
        state.resolve("caches").toFile(),
        SourcesChanges.ToBeCalculated.INSTANCE,
        new ClasspathSnapshotBasedIncrementalCompilationApproachParameters(
            snapshots, shrunk),
        incremental);
    ProjectId project = ProjectId.Companion.RandomProjectUUID();
    CompilationResult result = service.compileJvm(project, strategy, configuration, sources, arguments);
    service.finishProjectCompilation(project);
    System.exit(result == CompilationResult.COMPILATION_SUCCESS ? 0 : 1);
  }

  /** The compiler apart from this program: a compiler that stays is started with the class path of this loader. */
  private static ClassLoader implementation() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return new URLClassLoader(urls.toArray(URL[]::new), SharedApiClassesClassLoader.newInstance());
  }

  /** Says warnings and errors, and nothing else. */
  private static final class Spoken implements KotlinLogger {
    @Override
    public boolean isDebugEnabled() {
      return System.getenv("COUNTERSIGN_COMPILER_SPEAKS") != null;
    }

    @Override
    public void error(String message, Throwable cause) {
      System.err.println("error: " + message);
      if (cause != null) cause.printStackTrace();
    }

    @Override
    public void warn(String message, Throwable cause) {
      System.err.println("warning: " + message);
    }

    @Override
    public void info(String message) {
      if (System.getenv("COUNTERSIGN_COMPILER_SPEAKS") != null) System.err.println(message);
    }

    @Override
    public void debug(String message) {
      info(message);
    }

    @Override
    public void lifecycle(String message) {
      info(message);
    }
  }
}
