package dev.heddle.ops;

import java.io.IOException;
import java.nio.file.Path;

/// nginx with `ops/nginx`.
class NginxIT extends ProxyContract {
    @Override
    ProxyProcess start(Path folder, Place place, String drain) throws IOException {
        Nginx nginx = Nginx.of(folder, place);
        return (drain.isEmpty() ? nginx : nginx.draining(drain)).start();
    }

    @Override
    String reload() {
        return "HUP";
    }
}
