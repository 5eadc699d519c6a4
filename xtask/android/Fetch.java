import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Fetches files by their place in a Maven repository and keeps those whose SHA-256 is the expected one.
 *
 * <p>Usage: Fetch LIST. LIST holds one file a line: SHA-256, place, destination (tab separated). Asked are, in this
 * order, the machine's own Maven repository, those named in MAVEN_REPOSITORIES and Maven Central, or the mirror that
 * the user's Maven settings put in its stead.
 */
public final class Fetch {
  private static final String CENTRAL = "https://repo.maven.apache.org/maven2";
  private static final Path MAVEN = Path.of(System.getProperty("user.home"), ".m2");

  private final List<String> repositories = new ArrayList<>();
  private final HttpClient client;

  private Fetch() throws Exception {
    String more = System.getenv().getOrDefault("MAVEN_REPOSITORIES", "").trim();
    if (!more.isEmpty()) repositories.addAll(List.of(more.split("\\s+")));
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(30));
    String central = CENTRAL;
    for (Path settings : settings()) {
      Element root =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(settings.toFile()).getDocumentElement();
      for (Element mirror : elements(root, "mirror")) {
        boolean ours = List.of(text(mirror, "mirrorOf").split(",")).stream().anyMatch(Fetch::meansCentral);
        if (ours && central.equals(CENTRAL)) central = text(mirror, "url");
      }
      for (Element proxy : elements(root, "proxy")) {
        if (text(proxy, "active").equals("false")) continue;
        int port = Integer.parseInt(text(proxy, "port"));
        builder.proxy(ProxySelector.of(new InetSocketAddress(text(proxy, "host"), port)));
      }
    }
    repositories.add(central);
    client = builder.build();
  }

  public static void main(String[] args) throws Exception {
    Fetch fetch = new Fetch();
    ExecutorService pool = Executors.newFixedThreadPool(6);
    List<Future<?>> running = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      String[] part = line.split("\t");
      running.add(
          pool.submit(
              () -> {
                fetch.file(part[0], part[1], Path.of(part[2]));
                return null;
              }));
    }
    pool.shutdown();
    List<String> failures = new ArrayList<>();
    for (Future<?> one : running) {
      try {
        one.get();
      } catch (java.util.concurrent.ExecutionException failure) {
        failures.add(failure.getCause().getMessage());
      }
    }
    failures.forEach(System.err::println);
    System.exit(failures.isEmpty() ? 0 : 1);
  }

  private static boolean meansCentral(String pattern) {
    return List.of("*", "central", "external:*").contains(pattern.strip());
  }

  private static List<Path> settings() {
    return Stream.of(MAVEN.resolve("settings.xml"), Path.of("/etc/maven/settings.xml"))
        .filter(Files::isReadable)
        .toList();
  }

  private static List<Element> elements(Element root, String name) {
    NodeList nodes = root.getElementsByTagName(name);
    List<Element> found = new ArrayList<>();
    for (int at = 0; at < nodes.getLength(); at++) found.add((Element) nodes.item(at));
    return found;
  }

  private static String text(Element element, String name) {
    NodeList nodes = element.getElementsByTagName(name);
    return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent().strip();
  }

  private void file(String sha256, String place, Path destination) throws Exception {
    Files.createDirectories(destination.getParent());
    Path part = Files.createTempFile(destination.getParent(), "fetch", ".part");
    List<String> tried = new ArrayList<>();
    try {
      Path local = MAVEN.resolve("repository").resolve(place);
      if (Files.isReadable(local)) {
        Files.copy(local, part, StandardCopyOption.REPLACE_EXISTING);
        if (keep(sha256, part, destination)) return;
      }
      for (String repository : repositories) {
        int status = get(URI.create(repository.replaceAll("/$", "") + "/" + place), part);
        if (status == 200 && keep(sha256, part, destination)) return;
        tried.add(status == 200 ? "another file than the lock names" : "answer " + status);
      }
    } finally {
      Files.deleteIfExists(part);
    }
    throw new IOException(place + ": " + String.join(", ", tried));
  }

  private int get(URI from, Path into) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(from).timeout(Duration.ofMinutes(10)).build();
    for (int attempt = 1; ; attempt++) {
      try {
        HttpResponse<Path> answer = client.send(request, HttpResponse.BodyHandlers.ofFile(into));
        if (answer.statusCode() < 500 || attempt == 3) return answer.statusCode();
      } catch (IOException failure) {
        if (attempt == 3) throw new IOException(from.getPath() + ": " + failure, failure);
      }
      Thread.sleep(1000L * attempt);
    }
  }

  private static boolean keep(String sha256, Path part, Path destination) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(part)) {
      for (int read; (read = in.read(buffer)) > 0; ) digest.update(buffer, 0, read);
    }
    if (!HexFormat.of().formatHex(digest.digest()).equals(sha256)) return false;
    Files.move(part, destination, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }
}
