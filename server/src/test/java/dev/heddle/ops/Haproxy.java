package dev.heddle.ops;

import dev.heddle.ops.ProxyContract.Place;
import dev.heddle.support.TestTools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// HAProxy with a file of `ops/haproxy`, in front of a server, as a master and workers.
///
/// @param place where it listens
/// @param config its file
record Haproxy(Place place, OpsFile config) {
    private static final String FOR_ROOT =
            "    user haproxy\n    group haproxy\n    chroot /var/lib/haproxy\n";

    /// With the file as it is, but for what a test needs: its ports.
    ///
    /// @param file which it is
    static Haproxy of(String file, Place place) throws IOException {
        OpsFile config =
                OpsFile.read("haproxy/" + file)
                        .with("check port 8081", "check port " + place.internalPort())
                        .with("127.0.0.1:8080", "127.0.0.1:" + place.serverPort())
                        .with("bind :80 ", "bind 127.0.0.1:" + place.port() + ' ')
                        // More than a test's process may have files for.
                        .with("maxconn 60000", "maxconn 100");
        return new Haproxy(
                place,
                System.getProperty("user.name").equals("root")
                        ? config
                        : config.with(FOR_ROOT, ""));
    }

    /// With other text in its file.
    Haproxy with(String was, String is) {
        return new Haproxy(place, config.with(was, is));
    }

    /// Starts it; blocks until it listens.
    ///
    /// @param folder where it may write
    ProxyProcess start(Path folder) throws IOException {
        Path file = config.write(folder.resolve("haproxy.cfg"));
        String program = TestTools.require("haproxy").toString();
        return new ProxyProcess(
                List.of(program, "-W", "-f", file.toString()), folder.resolve("log"), place.port());
    }
}
