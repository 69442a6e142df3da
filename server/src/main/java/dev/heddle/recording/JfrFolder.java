package dev.heddle.recording;

import jdk.jfr.FlightRecorder;
import jdk.jfr.RecordingState;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import javax.management.JMException;
import javax.management.ObjectName;

/// Where this process's recordings are written before somebody gets them: a folder of its own,
/// beside those of other servers of the same user.
///
/// A process holds a lock on its folder, which the system takes away when the process ends, however
/// it ends. So who starts can tell the folders of the dead, and deletes them. **Thread-safe.**
final class JfrFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("heddle");
    private static final String LOCK = "lock";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final int MOST_LOOKS = 1_000;

    /// In the system's folder for temporary files, one for each of its users.
    private static final Path ALL =
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "heddle-jfr-" + System.getProperty("user.name"));

    private final Path path;
    private final FileChannel lock;

    private JfrFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Makes a folder for this process and tells JFR of it, and how much memory it may take for
    /// events. If JFR runs already, because of an option of the JVM, both stay as they are. The
    /// folder is deleted when the process ends, or else by the next server that starts.
    static Path claimForThisProcess(long memoryBytes) throws IOException {
        JfrFolder folder = claim(ALL);
        Runtime.getRuntime().addShutdownHook(end(folder));
        if (!FlightRecorder.isInitialized()) {
            configure("repositorypath=" + folder.path, "memorysize=" + memoryBytes);
        }
        return folder.path;
    }

    private static Thread end(JfrFolder folder) {
        return new Thread(() -> folder.closeAfter(JfrFolder::isRecording), "jfr-folder");
    }

    /// Makes a folder of its own in there, and deletes those whose processes have ended.
    ///
    /// @param all folder of all servers of this user, made if it is not there
    static JfrFolder claim(Path all) throws IOException {
        OwnFolder.require(all);
        // Nobody else may look at a folder that is there and not locked yet.
        try (FileChannel starting = open(all.resolve(LOCK));
                FileLock _ = starting.lock()) {
            for (Path folder : folders(all)) {
                clear(folder);
            }
            Path own = Files.createTempDirectory(all, "jvm-");
            FileChannel lock = open(own.resolve(LOCK));
            lock.lock();
            return new JfrFolder(own, lock);
        } catch (OverlappingFileLockException twice) {
            throw new IOException("another server of this process is starting", twice);
        }
    }

    Path path() {
        return path;
    }

    /// Deletes the folder once JFR needs it no more. JFR ends beside this, begins a file for each
    /// recording that it stops, and ends the JVM if it cannot have one.
    void closeAfter(BooleanSupplier isRecording) {
        try {
            for (int i = 0; i < MOST_LOOKS && isRecording.getAsBoolean(); i++) {
                Thread.sleep(BETWEEN_LOOKS);
            }
            if (!isRecording.getAsBoolean()) {
                close();
            }
        } catch (InterruptedException leftToTheNextStart) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isRecording() {
        return FlightRecorder.isInitialized()
                && FlightRecorder.getFlightRecorder().getRecordings().stream()
                        .anyMatch(each -> each.getState() == RecordingState.RUNNING);
    }

    /// Deletes the folder.
    @Override
    public void close() {
        try {
            delete(path);
            lock.close();
        } catch (IOException left) {
            LOG.debug("{} will be deleted by the next start: {}", path, left.toString());
        }
    }

    /// As `jcmd PID JFR.configure` does, before JFR has begun.
    private static void configure(String... options) throws IOException {
        try {
            ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "jfrConfigure",
                            new Object[] {options},
                            new String[] {String[].class.getName()});
        } catch (JMException impossible) {
            throw new IOException("JFR cannot be configured", impossible);
        }
    }

    /// Deletes the folder of a process that has ended.
    private static void clear(Path folder) {
        try (FileChannel lock = open(folder.resolve(LOCK));
                FileLock held = lock.tryLock()) {
            if (held != null) {
                delete(folder);
            }
        } catch (OverlappingFileLockException ours) {
            LOG.debug("{} is the folder of this process", folder);
        } catch (IOException left) {
            LOG.warn("{} cannot be deleted: {}", folder, left.toString());
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        return FileVisitResult.CONTINUE; // JFR deletes too
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path inside, @Nullable IOException failed) throws IOException {
                        Files.deleteIfExists(inside);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static List<Path> folders(Path all) throws IOException {
        try (Stream<Path> inside = Files.list(all)) {
            return inside.filter(Files::isDirectory).toList();
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
