package dev.heddle.ops;

import java.io.IOException;
import java.nio.file.Path;

/// HAProxy with `ops/haproxy/haproxy.cfg`.
class HaproxyIT extends ProxyContract {
    @Override
    ProxyProcess start(Path folder, Place place, String drain) throws IOException {
        Haproxy haproxy =
                Haproxy.of("haproxy.cfg", place)
                        .with("127.0.0.1:8081", "127.0.0.1:" + place.internalPort())
                        .with("bind 127.0.0.1:8090", "bind 127.0.0.1:" + place.servicesPort());
        return (drain.isEmpty()
                        ? haproxy
                        : haproxy.with("hard-stop-after 12h", "hard-stop-after " + drain))
                .start(folder);
    }

    @Override
    String reload() {
        return "USR2";
    }
}
