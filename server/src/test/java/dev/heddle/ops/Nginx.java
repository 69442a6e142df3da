package dev.heddle.ops;

import dev.heddle.support.TestTools;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// nginx with `ops/nginx`, in front of a server.
///
/// @param folder where it may write
/// @param place where it listens
/// @param main its `nginx.conf`
/// @param site its `conf.d/heddle.conf`; an empty one if it has none
record Nginx(Path folder, ProxyContract.Place place, OpsFile main, OpsFile site) {
    /// With the files as they are, but for what a test needs: its ports and its folders.
    static Nginx of(Path folder, ProxyContract.Place place) throws IOException {
        OpsFile main =
                OpsFile.read("nginx/nginx.conf")
                        .with("/run/nginx.pid", folder.resolve("pid").toString())
                        .with("/var/log/nginx/error.log", folder.resolve("log").toString())
                        .with("/var/log/nginx/access.log", folder.resolve("access").toString());
        OpsFile site =
                OpsFile.read("nginx/heddle.conf")
                        .with("127.0.0.1:8080", "127.0.0.1:" + place.serverPort())
                        .with("127.0.0.1:8081", "127.0.0.1:" + place.internalPort())
                        .with("listen 80 ", "listen 127.0.0.1:" + place.port() + ' ')
                        .with("listen 127.0.0.1:8090", "listen 127.0.0.1:" + place.servicesPort());
        return new Nginx(folder, place, main, site);
    }

    /// With `nginx-stream.conf`, which says by the PROXY protocol who clients are.
    ///
    /// @param module the module that it needs
    static Nginx stream(Path folder, ProxyContract.Place place, Path module) throws IOException {
        OpsFile main =
                OpsFile.read("nginx/nginx-stream.conf")
                        .with("modules/ngx_stream_module.so", module.toString())
                        .with("/run/nginx.pid", folder.resolve("pid").toString())
                        .with("/var/log/nginx/error.log", folder.resolve("log").toString())
                        .with("127.0.0.1:8080", "127.0.0.1:" + place.serverPort())
                        .with("listen 80 ", "listen 127.0.0.1:" + place.port() + ' ');
        return new Nginx(folder, place, main, new OpsFile("none", ""));
    }

    /// With an old worker that a reload leaves for so long at most.
    Nginx draining(String limit) {
        OpsFile limited =
                main.with("# worker_shutdown_timeout 12h", "worker_shutdown_timeout " + limit);
        return new Nginx(folder, place, limited, site);
    }

    /// With other text in its file that has servers.
    Nginx with(String was, String is) {
        return site.text().isEmpty()
                ? new Nginx(folder, place, main.with(was, is), site)
                : new Nginx(folder, place, main, site.with(was, is));
    }

    /// Starts it; blocks until it listens.
    ProxyProcess start() throws IOException {
        site.write(folder.resolve("conf.d/heddle.conf"));
        // Who is not root may not write where Debian's nginx has its own.
        Files.writeString(
                folder.resolve("conf.d/folders.conf"),
                "client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;"
                        + " uwsgi_temp_path uwsgi; scgi_temp_path scgi;");
        return run(folder, place, main);
    }

    private static ProxyProcess run(Path folder, ProxyContract.Place place, OpsFile main)
            throws IOException {
        Path log = folder.resolve("log");
        Path file = main.write(folder.resolve("nginx.conf"));
        return new ProxyProcess(
                List.of(
                        TestTools.require("nginx").toString(),
                        "-e",
                        log.toString(),
                        "-p",
                        folder.toString(),
                        "-c",
                        file.toString(),
                        "-g",
                        "daemon off;"),
                log,
                place.port());
    }
}
