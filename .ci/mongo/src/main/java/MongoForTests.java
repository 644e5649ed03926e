import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/** A MongoDB-compatible server in memory, on the loopback port given as the only argument. */
public final class MongoForTests {

  /** Today's drivers refuse a server that names itself as old as the library does; the commands we use are the same. */
  private record Version(List<Integer> getVersionArray, int getWireVersion) implements MongoVersion {}

  public static void main(String[] arguments) {
    MongoServer server =
        new MongoServer(new MemoryBackend().version(new Version(List.of(7, 0, 0, 0), 21)));
    server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("listening on " + server.getLocalAddress().getPort());
  }
}
