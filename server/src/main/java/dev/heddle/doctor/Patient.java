package dev.heddle.doctor;

import dev.heddle.config.Settings;
import dev.heddle.net.Descriptors;

import java.nio.file.Path;
import java.util.Optional;

/// The object of an examination: a machine, and the server that is to run on it.
///
/// @param machine where it is to run
/// @param jvm the Java that is to run it, which is the one that asks
/// @param settings its settings
/// @param file where these are written
/// @param openDescriptors that the server has before its first connection
/// @param goal connections that it is to hold
public record Patient(
        Machine machine,
        Jvm jvm,
        Settings settings,
        Optional<Path> file,
        long openDescriptors,
        long goal) {
    private static final String SYSCTL = "/etc/sysctl.d/90-heddle.conf";
    private static final String ENGINE = "docker run or podman run";

    /// Settings of the kernel that each container has its own of.
    private static final String OF_CONTAINERS =
            "net\\.(core\\.somaxconn|ipv4\\.(tcp_max_syn_backlog|ip_local_port_range))";

    /// How many connections a limit of open files leaves room for, as the server will count.
    int connectionsWithin(long files) {
        return Descriptors.share(files, openDescriptors, settings.internal().api().maxConnections())
                .connections();
    }

    /// A line for the server's own settings.
    Change setting(String key, Object value) {
        return new Change(key + ": " + value, file.map(Path::toString).orElse("the --config file"));
    }

    /// A line for the program that starts the server: systemd, or the engine of containers.
    Change unit(String ofSystemd, String ofEngine) {
        return isContained()
                ? new Change(ofEngine, ENGINE)
                : new Change(ofSystemd, "[Service] of /etc/systemd/system/heddle.service");
    }

    /// A line for the kernel.
    Change sysctl(String name, Object value) {
        if (isContained() && name.matches(OF_CONTAINERS)) {
            return new Change("--sysctl " + name + "=" + value, ENGINE);
        }
        return new Change(name + " = " + value, isContained() ? SYSCTL + " of the host" : SYSCTL);
    }

    /// Whether it runs in a container, whose limits are its engine's to set.
    private boolean isContained() {
        return machine.has(".dockerenv") || machine.has("run/.containerenv");
    }
}
