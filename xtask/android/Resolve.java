import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.model.Model;
import org.apache.maven.model.Repository;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.artifact.DefaultArtifactType;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.collection.DependencyGraphTransformationContext;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactRequest;
import org.eclipse.aether.resolution.ArtifactResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.DefaultArtifactTypeRegistry;
import org.eclipse.aether.util.graph.transformer.ChainedDependencyGraphTransformer;
import org.eclipse.aether.util.graph.transformer.ConflictResolver;
import org.eclipse.aether.util.graph.transformer.JavaDependencyContextRefiner;
import org.eclipse.aether.util.graph.transformer.JavaScopeDeriver;
import org.eclipse.aether.util.graph.transformer.JavaScopeSelector;
import org.eclipse.aether.util.graph.transformer.SimpleOptionalitySelector;
import org.eclipse.aether.util.graph.visitor.PreorderNodeListGenerator;
import org.eclipse.aether.util.version.GenericVersionScheme;
import org.eclipse.aether.version.Version;
import org.eclipse.aether.version.VersionScheme;

/**
 * Resolves dependency coordinates the way Gradle does (the highest version of a module wins), with
 * Maven's own resolver library.
 *
 * <p>Usage: Resolve IN OUT. IN holds one request a line: {@code list NAME} starts a list, {@code
 * group:artifact:ext:version} asks for a module with all that it needs, where ext may be {@code auto}
 * (the packaging that its pom declares), {@code bom group:artifact:version} imports managed versions,
 * and {@code flat group:artifact:ext:version} asks for one file without what it needs. OUT gets one
 * line per file: list, scope, coordinates, path (tab separated), in class path order.
 */
public final class Resolve {
  private final RepositorySystem system = new RepositorySystemSupplier().get();
  private final DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
  private final VersionScheme versions = new GenericVersionScheme();
  private final Set<String> explicit = new HashSet<>();
  private final List<RemoteRepository> repositories = repositories();

  public static void main(String[] args) throws Exception {
    new Resolve().run(Path.of(args[0]), Path.of(args[1]));
  }

  /** Maven Central, as Maven's own super POM names it, then those in MAVEN_REPOSITORIES (space separated URLs). */
  private static List<RemoteRepository> repositories() {
    List<RemoteRepository> found = new ArrayList<>();
    try (InputStream superPom = Model.class.getResourceAsStream("/org/apache/maven/model/pom-4.0.0.xml")) {
      for (Repository repository : new MavenXpp3Reader().read(superPom).getRepositories()) {
        found.add(
            new RemoteRepository.Builder(repository.getId(), "default", repository.getUrl()).build());
      }
    } catch (IOException | XmlPullParserException e) {
      throw new IllegalStateException("Maven's super POM cannot be read", e);
    }
    String more = System.getenv().getOrDefault("MAVEN_REPOSITORIES", "").trim();
    for (String url : more.isEmpty() ? new String[0] : more.split("\\s+")) {
      found.add(new RemoteRepository.Builder("extra" + found.size(), "default", url).build());
    }
    return List.copyOf(found);
  }

  private void run(Path in, Path out) throws Exception {
    Path local = Path.of(System.getProperty("user.home"), ".m2", "repository");
    session.setLocalRepositoryManager(
        system.newLocalRepositoryManager(session, new LocalRepository(local.toFile())));
    session.setSystemProperties(System.getProperties());
    ((DefaultArtifactTypeRegistry) session.getArtifactTypeRegistry())
        .add(new DefaultArtifactType("aar", "aar", "", "java", true, false));
    session.setDependencyGraphTransformer(
        new ChainedDependencyGraphTransformer(
            this::oneExtension,
            new ConflictResolver(
                new HighestVersion(),
                new JavaScopeSelector(),
                new SimpleOptionalitySelector(),
                new JavaScopeDeriver()),
            new JavaDependencyContextRefiner()));

    List<String> lines = new ArrayList<>();
    String list = "";
    List<String> wanted = new ArrayList<>();
    for (String line : Files.readAllLines(in)) {
      if (line.startsWith("list ")) {
        if (!wanted.isEmpty()) resolve(list, wanted, lines);
        list = line.substring(5);
        wanted = new ArrayList<>();
      } else if (!line.isBlank()) {
        wanted.add(line);
      }
    }
    if (!wanted.isEmpty()) resolve(list, wanted, lines);
    Files.write(out, lines);
  }

  private void resolve(String list, List<String> wanted, List<String> lines) throws Exception {
    CollectRequest request = new CollectRequest();
    request.setRepositories(repositories);
    explicit.clear();
    for (String line : wanted) {
      if (line.startsWith("bom ")) {
        manage(request, line.substring(4));
      } else if (line.startsWith("flat ")) {
        lines.add(describe(list, "flat", fetch(new DefaultArtifact(line.substring(5)))));
      } else {
        Artifact artifact = managed(new DefaultArtifact(line), request);
        if (artifact.getExtension().equals("aar")) explicit.add(artifact.getArtifactId());
        request.addDependency(new Dependency(packaged(artifact), "compile"));
      }
    }
    if (request.getDependencies().isEmpty()) return;
    List<DependencyNode> nodes = collect(request);
    for (int round = 0; align(request, nodes); round++) {
      if (round == 20) throw new IllegalStateException("the versions of " + list + " never settle");
      nodes = collect(request);
    }
    Set<String> names = new HashSet<>();
    nodes.forEach(node -> names.add(module(node.getArtifact())));
    for (DependencyNode node : nodes) {
      String module = module(node.getArtifact());
      // Of a multiplatform module Gradle takes the -android or -jvm variant, not the root.
      if (names.contains(module + "-android") || names.contains(module + "-jvm")) continue;
      if (module.endsWith("-jvm") && names.contains(module.replaceAll("-jvm$", "-android"))) continue;
      String scope = node.getDependency().getScope();
      if (!scope.equals("compile") && !scope.equals("runtime")) continue;
      Artifact artifact = packaged(node.getArtifact());
      if (artifact.getExtension().equals("pom")) continue; // an umbrella module without a file
      lines.add(describe(list, scope, fetch(artifact)));
    }
  }

  private void manage(CollectRequest request, String coordinates) throws RepositoryException {
    String[] part = coordinates.split(":");
    ArtifactDescriptorRequest bom = new ArtifactDescriptorRequest();
    bom.setArtifact(new DefaultArtifact(part[0], part[1], "pom", part[2])).setRepositories(repositories);
    system.readArtifactDescriptor(session, bom).getManagedDependencies().forEach(request::addManagedDependency);
  }

  /**
   * Poms name the same module now as a jar, now as an aar; only without that difference do its
   * versions meet as one conflict. A directly requested extension stays (a jar beside an aar).
   */
  private DependencyNode oneExtension(DependencyNode root, DependencyGraphTransformationContext c) {
    Set<DependencyNode> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<DependencyNode> queue = new ArrayDeque<>(root.getChildren());
    while (!queue.isEmpty()) {
      DependencyNode node = queue.pop();
      if (!seen.add(node)) continue;
      queue.addAll(node.getChildren());
      Artifact a = node.getArtifact();
      if (a.getExtension().equals("aar") && !explicit.contains(a.getArtifactId())) {
        node.setArtifact(
            new DefaultArtifact(a.getGroupId(), a.getArtifactId(), "jar", a.getVersion()));
      }
    }
    return root;
  }

  private List<DependencyNode> collect(CollectRequest request) throws RepositoryException {
    PreorderNodeListGenerator nodes = new PreorderNodeListGenerator();
    system.collectDependencies(session, request).getRoot().accept(nodes);
    return nodes.getNodes().stream().filter(node -> node.getDependency() != null).toList();
  }

  /**
   * AndroidX publishes its rule that a group's modules move together as Gradle constraints, and in
   * the poms as managed versions. Raises what lags behind; true if anything was raised.
   */
  private boolean align(CollectRequest request, List<DependencyNode> nodes) throws Exception {
    Map<String, DependencyNode> selected = new HashMap<>();
    nodes.forEach(node -> selected.put(module(node.getArtifact()), node));
    Map<String, Dependency> raised = new HashMap<>();
    for (DependencyNode node : nodes) {
      if (!node.getArtifact().getGroupId().startsWith("androidx.")) continue;
      ArtifactDescriptorRequest descriptor = new ArtifactDescriptorRequest();
      descriptor.setArtifact(node.getArtifact()).setRepositories(repositories);
      for (Dependency managed :
          system.readArtifactDescriptor(session, descriptor).getManagedDependencies()) {
        String key = module(managed.getArtifact());
        DependencyNode now = selected.get(key);
        if (now == null) continue;
        Version wanted = versions.parseVersion(managed.getArtifact().getVersion());
        Dependency before = raised.get(key);
        Version floor =
            before == null
                ? versions.parseVersion(now.getArtifact().getVersion())
                : versions.parseVersion(before.getArtifact().getVersion());
        if (wanted.compareTo(floor) > 0) raised.put(key, managed);
      }
    }
    for (DependencyNode node : nodes) {
      // What a platform's part of a module lags behind its root, of which Gradle takes that part.
      Artifact part = node.getArtifact();
      DependencyNode root = selected.get(module(part).replaceAll("-(android|jvm)$", ""));
      if (root == null || root == node) continue;
      Version wanted = versions.parseVersion(root.getArtifact().getVersion());
      if (wanted.compareTo(versions.parseVersion(part.getVersion())) > 0) {
        raised.putIfAbsent(
            module(part), new Dependency(part.setVersion(root.getArtifact().getVersion()), null));
      }
    }
    for (Dependency managed : raised.values()) {
      Artifact a = managed.getArtifact();
      for (String ext : List.of("jar", "aar")) {
        Artifact pin = new DefaultArtifact(a.getGroupId(), a.getArtifactId(), ext, a.getVersion());
        List<Dependency> pins = new ArrayList<>(request.getManagedDependencies());
        pins.removeIf(
            d -> module(d.getArtifact()).equals(module(pin))
                && d.getArtifact().getExtension().equals(ext));
        pins.add(new Dependency(pin, null));
        request.setManagedDependencies(pins);
      }
    }
    // Managed versions do not reach what the list itself asks for.
    request.setDependencies(
        request.getDependencies().stream()
            .map(
                asked -> {
                  Dependency higher = raised.get(module(asked.getArtifact()));
                  if (higher == null) return asked;
                  return asked.setArtifact(asked.getArtifact().setVersion(higher.getArtifact().getVersion()));
                })
            .toList());
    return !raised.isEmpty();
  }

  /** Fills in a version that is left to the BOM ("managed"). */
  private static Artifact managed(Artifact a, CollectRequest request) {
    if (!a.getVersion().equals("managed")) return a;
    return request.getManagedDependencies().stream()
        .map(Dependency::getArtifact)
        .filter(m -> module(m).equals(module(a)))
        .findFirst()
        .map(m -> a.setVersion(m.getVersion()))
        .orElseThrow(() -> new IllegalArgumentException("no version for " + module(a)));
  }

  private static String module(Artifact a) {
    return a.getGroupId() + ":" + a.getArtifactId();
  }

  /** Gives an artifact whose type is unknown, or defaulted to jar, the packaging in its own pom. */
  private Artifact packaged(Artifact a) throws Exception {
    boolean unsure = a.getExtension().equals("auto") || a.getExtension().equals("jar");
    if (!unsure || !a.getClassifier().isEmpty()) return a;
    Artifact pom =
        fetch(new DefaultArtifact(a.getGroupId(), a.getArtifactId(), "pom", a.getVersion()));
    String text = Files.readString(pom.getFile().toPath());
    int start = text.indexOf("<packaging>");
    String kind =
        start < 0 ? "jar" : text.substring(start + 11, text.indexOf("</packaging>", start)).strip();
    String ext = kind.equals("aar") || kind.equals("pom") ? kind : "jar";
    return new DefaultArtifact(a.getGroupId(), a.getArtifactId(), ext, a.getVersion());
  }

  private Artifact fetch(Artifact a) throws ArtifactResolutionException {
    return system.resolveArtifact(session, new ArtifactRequest(a, repositories, null)).getArtifact();
  }

  private static String describe(String list, String scope, Artifact a) {
    String coordinates =
        a.getClassifier().isEmpty()
            ? String.join(":", a.getGroupId(), a.getArtifactId(), a.getExtension(), a.getVersion())
            : String.join(
                ":", a.getGroupId(), a.getArtifactId(), a.getExtension(), a.getClassifier(), a.getVersion());
    return String.join("\t", list, scope, coordinates, a.getFile().getPath());
  }

  /** Gradle's rule; Maven's own rule is that the declaration nearest to the root wins. */
  private static final class HighestVersion extends ConflictResolver.VersionSelector {
    @Override
    public void selectVersion(ConflictResolver.ConflictContext context) throws RepositoryException {
      ConflictResolver.ConflictItem winner = null;
      for (ConflictResolver.ConflictItem item : context.getItems()) {
        if (winner == null
            || item.getNode().getVersion().compareTo(winner.getNode().getVersion()) > 0) {
          winner = item;
        }
      }
      context.setWinner(winner);
    }
  }
}
