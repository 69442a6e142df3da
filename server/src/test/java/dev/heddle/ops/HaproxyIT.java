package dev.heddle.ops;

import dev.heddle.support.TestTools;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// HAProxy with `ops/haproxy`, as a master and workers.
class HaproxyIT extends ProxyContract {
    private static final String FOR_ROOT =
            "    user haproxy\n    group haproxy\n    chroot /var/lib/haproxy\n";

    @Override
    ProxyProcess start(Path folder, Place place, String drain) throws IOException {
        String internal = Integer.toString(place.server().internalPort());
        OpsFile config =
                OpsFile.read("haproxy/haproxy.cfg")
                        .with("127.0.0.1:8080", "127.0.0.1:" + place.server().port())
                        .with("127.0.0.1:8081", "127.0.0.1:" + internal)
                        .with("check port 8081", "check port " + internal)
                        .with("bind :80 ", "bind 127.0.0.1:" + place.port() + ' ')
                        .with("bind 127.0.0.1:8090", "bind 127.0.0.1:" + place.servicesPort())
                        // More than a test's process may have files for.
                        .with("maxconn 60000", "maxconn 100");
        if (!System.getProperty("user.name").equals("root")) {
            config = config.with(FOR_ROOT, "");
        }
        if (!drain.isEmpty()) {
            config = config.with("hard-stop-after 12h", "hard-stop-after " + drain);
        }
        Path file = config.write(folder.resolve("haproxy.cfg"));
        String program = TestTools.require("haproxy").toString();
        return new ProxyProcess(
                List.of(program, "-W", "-f", file.toString()), folder.resolve("log"), place.port());
    }

    @Override
    String reload() {
        return "USR2";
    }
}
